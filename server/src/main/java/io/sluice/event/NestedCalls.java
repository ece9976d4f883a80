package io.sluice.event;

import io.sluice.engine.PlatformCalls;

/** Makes the {@code platform.api} of one run: calls that re-enter the server in the scope of the call that the run serves. */
public interface NestedCalls {
    PlatformCalls within(EventScope scope);
}
