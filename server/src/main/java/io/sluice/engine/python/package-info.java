/**
 * Python 3 in worker processes. Part of the room {@code engine}.
 *
 * <p>Door: {@link io.sluice.engine.python.PythonEngine}. A run goes through these, in order: {@code PythonProgram} takes a
 * {@code PythonWorker} of its own pool (a confined CPython that runs {@code worker.py}); {@code PythonRun} sends it the event and
 * answers its calls until the result comes or the watchdog has ended it; {@code Edits} puts what the script did to the event
 * into Java's maps and lists. {@code Environments} installs the packages of a {@code requirements.txt}. No process is started
 * before the first text is compiled.
 */
@NullMarked
package io.sluice.engine.python;

import org.jspecify.annotations.NullMarked;
