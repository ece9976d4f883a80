package io.sluice.webhook;

import io.sluice.api.Headers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How one kind of host signs, names and words its deliveries. Stateless. */
interface Sender {
    /** Whether the body, as it came, was sent by who knows the secret. Nothing of it has been read by then. */
    boolean proves(Headers headers, byte[] body, Secret secret);

    /** The event's name as the host spells it; empty when it names none. */
    String event(Headers headers);

    /** The host's name for this delivery: the same when it is sent again. */
    Optional<String> delivery(Headers headers);

    /** The same, where it stands in the body. */
    default Optional<String> delivery(Headers headers, JsonNode payload) {
        return delivery(headers);
    }

    /** @param payload an object */
    Message read(String event, JsonNode payload);

    /** Whether the body is signed in a header of the form {@code sha256=HEX}. */
    static boolean isSigned(Optional<String> header, byte[] body, Secret secret) {
        return header.filter(value -> value.startsWith("sha256="))
                .map(value -> secret.signed(value.substring("sha256=".length()), body))
                .orElse(false);
    }
}
