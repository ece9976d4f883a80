package io.sluice.service.remote;

import io.sluice.service.ServiceType;
import java.util.List;

/** The kinds of remote services. */
public final class RemoteServiceTypes {
    private RemoteServiceTypes() {}

    /** All of them, for registration. */
    public static List<ServiceType> all() {
        return List.of(new HttpServiceType());
    }
}
