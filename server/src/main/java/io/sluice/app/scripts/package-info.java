/**
 * {@code sluice script run} and {@code sluice script test}: scripts in files against sample events, without a server and without
 * a data folder.
 *
 * <p>Door: {@link io.sluice.app.scripts.ScriptRun} and {@link io.sluice.app.scripts.ScriptTests}. A part of {@code app}.
 */
@NullMarked
package io.sluice.app.scripts;

import org.jspecify.annotations.NullMarked;
