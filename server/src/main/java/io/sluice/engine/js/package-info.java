/**
 * JavaScript in process, on GraalJS. Part of the room {@code engine}.
 *
 * <p>Door: {@link io.sluice.engine.js.JavaScriptEngine}. A run goes through these, in order: {@code JsProgram} hands it to a
 * {@code ScriptThread}; an {@code Isolation} gives a {@code Place} (a context nobody used before); {@code JsRun} starts the
 * script, turns its event loop and settles the result; a {@code Watchdog} looks at time and allocation meanwhile. Event data
 * stay Java maps and lists, seen through {@code View}; nothing is converted that the script does not touch. Nothing of GraalJS
 * is loaded before the first text is compiled.
 */
@NullMarked
package io.sluice.engine.js;

import org.jspecify.annotations.NullMarked;
