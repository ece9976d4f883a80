package io.sluice.webhook;

import java.util.Optional;

/**
 * A webhook as deliveries need it.
 *
 * @param serviceId the Git service whose scripts it moves
 * @param repository empty: any of the service
 */
record Webhook(
        long id,
        String name,
        Provider provider,
        long serviceId,
        Optional<String> repository,
        boolean active,
        Filter filter,
        Keys keys) {}
