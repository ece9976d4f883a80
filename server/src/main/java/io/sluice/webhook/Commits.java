package io.sluice.webhook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The part of a push that GitHub, GitLab and Gitea word alike: {@code ref}, {@code before}, {@code after}, {@code commits}. */
final class Commits {
    private static final String NONE = "0+";

    private Commits() {}

    /** @param whole whether {@code commits} are all of them, and {@code forced} says whether others went */
    static Claim claim(String repository, JsonNode push, boolean whole) {
        String before = id(push.path("before"));
        String after = id(push.path("after"));
        boolean deleted = push.path("deleted").asBoolean(false)
                || after.isEmpty() && push.path("after").isString();
        boolean created = push.path("created").asBoolean(false)
                || before.isEmpty() && push.path("before").isString();
        boolean forced = push.path("forced").asBoolean(false);
        Claim.Move move = new Claim.Move(Json.text(push.path("ref")), before, after, created, deleted, forced);
        boolean told = whole && !forced && !created && !deleted;
        return new Claim(repository, List.of(move), told ? paths(push.path("commits")) : Optional.empty());
    }

    /** A commit id; empty for the zeros that stand for none. */
    static String id(JsonNode value) {
        String id = Json.text(value);
        return id.matches(NONE) || !id.matches("[0-9a-fA-F]{7,64}") ? "" : id;
    }

    /** Empty unless every commit has its three lists. */
    private static Optional<List<String>> paths(JsonNode commits) {
        Set<String> paths = new LinkedHashSet<>();
        for (JsonNode commit : commits) {
            for (String list : List.of("added", "modified", "removed")) {
                if (!commit.path(list).isArray()) {
                    return Optional.empty();
                }
                commit.path(list).forEach(path -> paths.add(Json.text(path)));
            }
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(new ArrayList<>(paths));
    }
}
