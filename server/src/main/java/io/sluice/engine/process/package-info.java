/**
 * Child processes that run scripts: started where they can do no harm, watched, and ended. Part of the room {@code engine}; the
 * languages that need an interpreter of their own ({@code engine.python}, {@code engine.php}) stand on it.
 *
 * <p>Door: {@link io.sluice.engine.process.Confinement}, which starts a {@link io.sluice.engine.process.Command} as a
 * {@link io.sluice.engine.process.Child} in the strongest way that this server's rights allow (decision 008), and
 * {@link io.sluice.engine.process.Watchdog}, which ends a child that outruns its limits.
 * {@link io.sluice.engine.process.WorkerPool} keeps children that serve one run after another. A
 * {@link io.sluice.engine.process.WayOut}, joined in {@code app}, leads them to the hosts of a list (decision 028).
 */
@NullMarked
package io.sluice.engine.process;

import org.jspecify.annotations.NullMarked;
