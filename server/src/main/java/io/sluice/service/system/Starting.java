package io.sluice.service.system;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.service.Catalogue;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceDocument;
import io.sluice.service.Services;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Map;

/** Puts services into the registry as their records say: running, deactivated, or broken with a word why. */
record Starting(Services services, Observe observe) {

    /** Never throws for a service that cannot start: it is observed, and calls to it are told. */
    void put(ServiceDefinition definition) {
        if (!definition.active()) {
            services.hold(
                    definition,
                    new Silent(ApiException.forbidden("Service " + definition.name() + " is deactivated.")));
            return;
        }
        try {
            services.start(definition);
        } catch (ApiException e) {
            broken(definition, e.error().message(), e);
        } catch (RuntimeException e) {
            broken(definition, "It failed for a reason that stands in the log.", e);
        }
    }

    /** The same with what somebody wrote about it; a text that cannot be read is observed and counts as none. */
    ServiceDefinition withDocument(Tx tx, ServiceDefinition definition) {
        try {
            return StoredDocument.of(tx, definition)
                    .map(tree -> definition.with(ServiceDocument.of(tree)))
                    .orElse(definition);
        } catch (ApiException e) {
            observe.happened(
                    new Observation.ServiceFailed(definition.name(), e.error().message(), e.getCause()));
            return definition;
        }
    }

    /** A record that does not even give a definition. */
    void broken(ServiceDefinition definition, String why, RuntimeException cause) {
        observe.happened(new Observation.ServiceFailed(definition.name(), why, cause));
        ApiError error = ApiError.because(
                503, "service_not_started", "Service '" + definition.name() + "' could not be started. " + why);
        services.hold(definition, new Silent(new ApiException(error, Map.of("Retry-After", "60"), null)));
    }

    /** A service that answers every call in the same way. */
    private record Silent(ApiException answer) implements Service {
        @Override
        public ServiceResult handle(ServiceRequest request) {
            throw new ApiException(answer.error(), answer.headers(), null);
        }

        @Override
        public Catalogue catalogue() {
            return Catalogue.EMPTY;
        }

        @Override
        public List<EventPath> events(ServiceRequest request) {
            return List.of();
        }
    }
}
