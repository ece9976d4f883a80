/** Files in a folder of this machine, below the roots that the server's administrator allows. Door: {@code LocalFiles}. */
@NullMarked
package io.sluice.service.file.local;

import org.jspecify.annotations.NullMarked;
