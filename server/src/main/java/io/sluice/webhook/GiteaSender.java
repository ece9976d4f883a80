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

    /** Whether a push was forced is not told, so it may have taken commits away, which have other paths. */
    @Override
    boolean tellsAll(JsonNode push) {
        return false;
    }
}
