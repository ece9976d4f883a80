/**
 * The process: command line, wiring in one readable method, start and stop order, the demo. May call everything; nobody calls it.
 */
@NullMarked
package io.sluice.app;

import org.jspecify.annotations.NullMarked;
