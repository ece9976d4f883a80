package io.sluice.webhook;

import io.sluice.api.Headers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Gitea and its kin: GitHub's payloads, with headers and a bare signature of its own. */
final class GiteaSender extends GithubSender {
    @Override
    public boolean proves(Headers headers, byte[] body, Secret secret) {
        return headers.first("x-gitea-signature")
                .map(digits -> secret.signed(digits, body))
                .orElseGet(() -> super.proves(headers, body, secret));
    }

    @Override
    public String event(Headers headers) {
        return headers.first("x-gitea-event").orElseGet(() -> super.event(headers));
    }

    @Override
    public Optional<String> delivery(Headers headers) {
        return headers.first("x-gitea-delivery").or(() -> super.delivery(headers));
    }

    /** A few commits, and how many there are. */
    @Override
    boolean tellsAll(JsonNode push) {
        return push.path("total_commits").asInt(-1) == push.path("commits").size();
    }
}
