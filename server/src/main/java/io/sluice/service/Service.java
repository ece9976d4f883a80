package io.sluice.service;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.util.List;
import java.util.stream.Stream;

/** A running service. Thread-safe. */
public interface Service extends AutoCloseable {
    /** Does the work of one call. Expected failures are {@link io.sluice.api.ApiException}s. */
    ServiceResult handle(ServiceRequest request);

    /** Everything that can be addressed below this service; the event list and the API documents are derived from it. */
    Catalogue catalogue();

    /** The event paths that this call fires, in order: first the generic one, then the concrete one. No I/O if avoidable. */
    List<EventPath> events(ServiceRequest request);

    /** The components that a role may name, for {@code as_access_list}; {@code ""} and {@code "*"} come first. */
    default List<String> components() {
        return Stream.concat(
                        Stream.of("", "*"),
                        catalogue().endpoints().stream()
                                .map(Catalogue.Endpoint::path)
                                .filter(path -> !path.isEmpty())
                                .flatMap(path -> Stream.of(path + "/", path + "/*")))
                .distinct()
                .toList();
    }

    /** It says {@link Effects#begin} itself before it changes anything; for all others that is said before they are called. */
    default boolean tellsEffects() {
        return false;
    }

    /** Forgets what was cached from the backend (schema, listings). */
    default void clearCache() {}

    /** Gives back connections. Called once, after the last call on it. */
    @Override
    default void close() {}
}
