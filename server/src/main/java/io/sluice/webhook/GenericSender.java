package io.sluice.webhook;

import io.sluice.api.Headers;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Anything that can sign: a hook of a bare repository, a build server. {@code {"id": …, "repository": …, "ref": …}}. */
final class GenericSender implements Sender {
    @Override
    public boolean proves(Headers headers, byte[] body, Secret secret) {
        return Sender.isSigned(headers.first("x-sluice-signature-256"), body, secret);
    }

    @Override
    public String event(Headers headers) {
        return "push";
    }

    /** It stands in the body, which nobody reads before it is proved. */
    @Override
    public Optional<String> delivery(Headers headers) {
        return Optional.empty();
    }

    @Override
    public Optional<String> delivery(Headers headers, JsonNode payload) {
        return Optional.of(Json.text(payload.path("id"))).filter(id -> !id.isBlank());
    }

    @Override
    public Message read(String event, JsonNode payload) {
        if (delivery(Headers.NONE, payload).isEmpty()) {
            return new Message.Unreadable("it needs an id, a repository and a ref");
        }
        Claim.Move move = new Claim.Move(Json.text(payload.path("ref")), "", "", false, false, false);
        return Message.push(new Claim(Json.text(payload.path("repository")), List.of(move), Optional.empty()));
    }
}
