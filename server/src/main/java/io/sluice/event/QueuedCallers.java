package io.sluice.event;

import io.sluice.api.Caller;
import io.sluice.api.KeptCaller;

/** What a queued run needs to be made as its caller. */
public interface QueuedCallers {
    /** Who that is now, acting through a script; a 403 that says why when they may do nothing any more. */
    Caller again(KeptCaller kept);

    /** Who answers {@code platform.api} for that caller. */
    NestedCalls calls(Caller caller);
}
