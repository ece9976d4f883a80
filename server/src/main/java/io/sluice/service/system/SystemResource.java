package io.sluice.service.system;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.service.Catalogue;
import io.sluice.service.Operation;
import java.util.List;
import java.util.stream.Stream;

/** One resource below {@code system} (or {@code user}): {@code role}, {@code admin/session}, {@code cache}, … Thread-safe. */
public interface SystemResource {
    /** Its path below the service, of one or two segments; the longest fitting one gets the call. */
    String name();

    /** The request's resource is the whole path below the service, this resource's own name included. */
    ServiceResult handle(ServiceRequest request);

    /** Addresses and verbs, for the event list. Paths are below the service. */
    List<Catalogue.Endpoint> endpoints();

    /** What its operations take and give; empty to be documented by addresses and verbs alone. */
    default Stream<Operation> operations() {
        return Stream.empty();
    }
}
