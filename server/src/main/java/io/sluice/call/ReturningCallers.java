package io.sluice.call;

import io.sluice.access.Access;
import io.sluice.api.Caller;
import io.sluice.api.KeptCaller;
import io.sluice.event.NestedCalls;
import io.sluice.event.QueuedCallers;

/** Callers of queued runs: their rights are those of the moment of the run. Thread-safe. */
public final class ReturningCallers implements QueuedCallers {
    private final Access access;
    private final Calls calls;

    public ReturningCallers(Access access, Calls calls) {
        this.access = access;
        this.calls = calls;
    }

    @Override
    public Caller again(KeptCaller kept) {
        return access.again(kept);
    }

    @Override
    public NestedCalls calls(Caller caller) {
        return scope -> new NestedCall(calls, caller, scope);
    }
}
