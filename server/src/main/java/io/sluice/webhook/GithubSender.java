package io.sluice.webhook;

import io.sluice.api.Headers;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** GitHub and GitHub Enterprise; Gitea and Forgejo word their payloads in the same way. */
class GithubSender implements Sender {
    /** GitHub tells no more than that. */
    private static final int MOST_COMMITS = 2_048;

    @Override
    public boolean proves(Headers headers, byte[] body, Secret secret) {
        return Sender.isSigned(headers.first("x-hub-signature-256"), body, secret);
    }

    @Override
    public String event(Headers headers) {
        return headers.first("x-github-event").orElse("");
    }

    @Override
    public Optional<String> delivery(Headers headers) {
        return headers.first("x-github-delivery");
    }

    @Override
    public Message read(String event, JsonNode payload) {
        String repository = Json.text(payload.path("repository").path("full_name"));
        return switch (event) {
            case "ping" -> new Message.Ping();
            case "push" -> Message.push(Commits.claim(repository, payload, tellsAll(payload)));
            case "create" -> Message.push(named(repository, payload, true));
            case "delete" -> Message.push(named(repository, payload, false));
            default -> Message.other(event);
        };
    }

    /** Whether {@code commits} are all of them. */
    boolean tellsAll(JsonNode push) {
        return push.path("commits").size() < MOST_COMMITS;
    }

    /** These two events give the short name and its kind; a {@code push} comes beside them. */
    private static Claim named(String repository, JsonNode payload, boolean created) {
        String name = Json.text(payload.path("ref")).replaceFirst("^refs/(heads|tags)/", "");
        String kind = Json.text(payload.path("ref_type")).equals("tag") ? "tags" : "heads";
        Claim.Move move =
                new Claim.Move(name.isEmpty() ? "" : "refs/" + kind + "/" + name, "", "", created, !created, false);
        return new Claim(repository, List.of(move), Optional.empty());
    }
}
