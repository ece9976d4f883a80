package io.sluice.service.git;

import io.sluice.outbound.Hosts;
import java.time.InstantSource;

/** With what hosts with an API are reached. */
record Reach(Hosts hosts, NetLimits limits, InstantSource clock) {}
