/**
 * Calls of hosts that no administrator put into a service's config: a script's external {@code platform.api} calls and
 * {@code fetch}. Each connection is judged by an {@link io.sluice.service.OutboundRule} on the resolved address and goes to that very
 * address, again after each redirect; answers are bounded in size and time.
 *
 * <p>The second door, {@link io.sluice.outbound.Hosts}, is for services whose config names a host: it is trusted, metadata addresses aside, and
 * answers stream (decision 020).
 *
 * <p>The third, {@link io.sluice.outbound.Gate}, is the way out of a worker process, to the hosts of its script's list alone (decision 028).
 *
 * <p>Doors: {@link io.sluice.outbound.OutboundClient}, {@link io.sluice.outbound.Hosts}, {@link io.sluice.outbound.Gate}. May call {@code service} (the rule). Knows Jetty's client, because it lets us
 * resolve and judge (decision 011).
 */
@NullMarked
package io.sluice.outbound;

import org.jspecify.annotations.NullMarked;
