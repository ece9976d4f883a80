package io.sluice.webhook;

import io.sluice.service.GitHost;
import io.sluice.service.Services;
import java.util.Locale;
import java.util.Optional;

/**
 * A repository of a service, whatever it is called.
 *
 * @param repository the one name that the host itself gives it
 */
record Target(long serviceId, String repository) {

    static Target of(Services services, long service, String repository) {
        return new Target(
                service,
                host(services, service)
                        .map(host -> host.fullName(repository))
                        .orElseGet(() -> repository.toLowerCase(Locale.ROOT)));
    }

    /** Empty when it does not run, or is none. */
    static Optional<GitHost> host(Services services, long service) {
        return services.byId(service)
                .map(Services.Running::service)
                .filter(GitHost.class::isInstance)
                .map(GitHost.class::cast);
    }
}
