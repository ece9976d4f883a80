package io.sluice.service.file.swift;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The oldest login, with nothing but headers: Swift's own tempauth, and Rackspace's first. */
record AuthV1(HostClient client, URI address, String user, String key, InstantSource clock) implements Login {
    @Override
    public Session session() throws IOException {
        HostCall question =
                HostCall.of("GET", address).with("X-Auth-User", user).with("X-Auth-Key", key);
        try (HostReply reply = new Identity(client).ask(question)) {
            return Session.at(client, address, told(reply, "x-storage-url"), told(reply, "x-auth-token"), end(reply));
        }
    }

    private static String told(HostReply reply, String header) throws StoreFailure {
        return reply.header(header)
                .orElseThrow(() -> StoreFailure.denied(
                        "what answers at 'url' is no login of Swift: its answer has no header " + header, null));
    }

    private Optional<Instant> end(HostReply reply) {
        return reply.header("x-auth-token-expires")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(seconds -> clock.instant().plusSeconds(Long.parseLong(seconds)));
    }
}
