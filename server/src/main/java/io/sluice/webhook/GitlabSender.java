package io.sluice.webhook;

import io.sluice.api.Headers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** GitLab: sends the secret itself, and says by {@code Idempotency-Key} which deliveries are one. */
final class GitlabSender implements Sender {
    @Override
    public boolean proves(Headers headers, byte[] body, Secret secret) {
        return headers.first("x-gitlab-token").map(secret::is).orElse(false);
    }

    @Override
    public String event(Headers headers) {
        return headers.first("x-gitlab-event").orElse("");
    }

    @Override
    public Optional<String> delivery(Headers headers) {
        return headers.first("idempotency-key").or(() -> headers.first("x-gitlab-event-uuid"));
    }

    /** Whether a push was forced is not told, so the commits that it took away may have had other paths. */
    @Override
    public Message read(String event, JsonNode payload) {
        String kind = Json.text(payload.path("object_kind"));
        if (!kind.equals("push") && !kind.equals("tag_push")) {
            return Message.other(event);
        }
        JsonNode project = payload.path("project");
        return Message.push(Commits.claim(Json.text(project.path("path_with_namespace")), payload, false));
    }
}
