package io.sluice.access;

import io.sluice.api.ApiRequest;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Caller;
import io.sluice.api.Rights;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import java.time.Clock;
import java.util.OptionalLong;

/** Decides. Thread-safe; answers from memory. Signatures that other rooms already use; the access helper completes it. */
public final class Access {
    public Access(Store store, Secrets secrets, Clock clock) {
        throw new UnsupportedOperationException("to be written " + store + secrets + clock);
    }

    /** Who makes this call. A bad token is an ApiException also where no right is needed. */
    public Caller identify(ApiRequest request) {
        throw new UnsupportedOperationException("to be written " + request);
    }

    /**
     * The call, if its caller may make it; else the ApiException of rest-api.md 4.10.
     *
     * @param serviceId empty when there is no such service
     */
    public AuthorisedRequest authorise(ApiRequest request, Caller caller, OptionalLong serviceId) {
        throw new UnsupportedOperationException("to be written " + request + caller + serviceId);
    }

    /** What the caller may do with that service. */
    public Rights rights(Caller caller, OptionalLong serviceId) {
        throw new UnsupportedOperationException("to be written " + caller + serviceId);
    }
}
