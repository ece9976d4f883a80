package io.sluice.webhook;

import io.sluice.service.GitHost;
import io.sluice.service.Services;
import java.util.Locale;
import java.util.Optional;

/**
 * A repository of a service, whatever it is called. No host is asked here.
 *
 * @param repository the one name that the host itself gives it, as far as that is known
 * @param doubt the only repository that those who ask are for, when nobody knows yet whether it is this
 */
record Target(long serviceId, String repository, Optional<String> doubt) {

    static Target of(Services services, Ask ask) {
        String told = ask.claim().repository();
        return new Target(
                ask.serviceId(),
                known(services, ask.serviceId(), told).orElseGet(() -> told.toLowerCase(Locale.ROOT)),
                ask.only()
                        .filter(only ->
                                isOne(services, ask.serviceId(), only, told).isEmpty()));
    }

    /** Whether two names are one repository's; empty when only the host can tell. */
    static Optional<Boolean> isOne(Services services, long service, String one, String other) {
        return known(services, service, one)
                .flatMap(first -> known(services, service, other).map(first::equals));
    }

    private static Optional<String> known(Services services, long service, String repository) {
        return host(services, service).flatMap(host -> host.knownName(repository));
    }

    /** Empty when it does not run, or is none. */
    static Optional<GitHost> host(Services services, long service) {
        return services.byId(service)
                .map(Services.Running::service)
                .filter(GitHost.class::isInstance)
                .map(GitHost.class::cast);
    }
}
