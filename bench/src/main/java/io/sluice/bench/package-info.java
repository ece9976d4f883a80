/**
 * Measures the bars that Sluice holds itself to. Starts everything as a user would (the launcher, over HTTP), so it knows
 * nothing of the server's classes. {@link io.sluice.bench.Bench} is the command; {@code bench/README.md} says what each
 * figure means and how far to trust it.
 */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
