package io.sluice.webhook;

import io.sluice.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Bitbucket Cloud, and Bitbucket Server (Data Center), which words its pushes in another way. Neither tells paths. */
final class BitbucketSender implements Sender {
    @Override
    public boolean proves(Headers headers, byte[] body, Secret secret) {
        return Sender.isSigned(headers.first("x-hub-signature"), body, secret);
    }

    @Override
    public String event(Headers headers) {
        return headers.first("x-event-key").orElse("");
    }

    @Override
    public Optional<String> delivery(Headers headers) {
        return headers.first("x-request-uuid").or(() -> headers.first("x-request-id"));
    }

    @Override
    public Message read(String event, JsonNode payload) {
        JsonNode repository = payload.path("repository");
        return switch (event) {
            case "diagnostics:ping" -> new Message.Ping();
            case "repo:push" ->
                claim(
                        Json.text(repository.path("full_name")),
                        payload.path("push").path("changes"),
                        BitbucketSender::cloud);
            case "repo:refs_changed" ->
                claim(
                        Json.text(repository.path("project").path("key")) + "/" + Json.text(repository.path("slug")),
                        payload.path("changes"),
                        BitbucketSender::server);
            default -> Message.other(event);
        };
    }

    private interface Reader {
        Claim.Move move(JsonNode change);
    }

    private static Message claim(String repository, JsonNode changes, Reader reader) {
        List<Claim.Move> moves = new ArrayList<>();
        changes.forEach(change -> moves.add(reader.move(change)));
        return Message.push(new Claim(repository, moves, Optional.empty()));
    }

    private static Claim.Move cloud(JsonNode change) {
        JsonNode now = change.path("new");
        JsonNode old = change.path("old");
        JsonNode named = now.isObject() ? now : old;
        String name = Json.text(named.path("name"));
        String kind = Json.text(named.path("type")).contains("tag") ? "tags" : "heads";
        return new Claim.Move(
                name.isEmpty() ? "" : "refs/" + kind + "/" + name,
                Commits.id(old.path("target").path("hash")),
                Commits.id(now.path("target").path("hash")),
                !old.isObject(),
                !now.isObject(),
                change.path("forced").asBoolean(false));
    }

    private static Claim.Move server(JsonNode change) {
        String type = Json.text(change.path("type"));
        return new Claim.Move(
                Json.text(change.path("ref").path("id")),
                Commits.id(change.path("fromHash")),
                Commits.id(change.path("toHash")),
                type.equals("ADD"),
                type.equals("DELETE"),
                false);
    }
}
