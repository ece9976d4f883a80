/**
 * What happens, said once: code calls {@link io.sluice.observe.Observe#happened} with an {@link io.sluice.observe.Observation};
 * the log (later metrics and traces) chooses what to do with it.
 *
 * <p>Observations hold plain data, no secrets. Door: {@link io.sluice.observe.Observe}. Calls no other room.
 */
@NullMarked
package io.sluice.observe;

import org.jspecify.annotations.NullMarked;
