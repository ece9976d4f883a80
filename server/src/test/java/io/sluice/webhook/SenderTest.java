package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Headers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the payloads of each host come to. */
class SenderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

    static JsonNode payload(String file) throws IOException {
        try (var in = SenderTest.class.getResourceAsStream("/webhook/" + file + ".json")) {
            return JSON.readTree(in);
        }
    }

    private static Claim claim(Provider provider, String event, JsonNode payload) {
        return ((Message.Push) provider.sender().read(event, payload)).claim();
    }

    /** Flags: c created, d deleted, f forced. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GITHUB, push, github-push-branch-new, Codertocat/Hello-World, refs/heads/master, -, 6113728, c",
                "GITHUB, push, github-push-tag-new, Codertocat/Hello-World, refs/tags/simple-tag, -, 6113728, c",
                "GITHUB, push, github-push-tag-gone, Codertocat/Hello-World, refs/tags/simple-tag, 6113728, -, d",
                "GITHUB, create, github-create, Codertocat/Hello-World, refs/tags/simple-tag, -, -, c",
                "GITHUB, delete, github-delete, Codertocat/Hello-World, refs/tags/simple-tag, -, -, d",
                "GITLAB, Push Hook, gitlab-push, mike/diaspora, refs/heads/master, 95790bf, da15608, -",
                "GITLAB, Tag Push Hook, gitlab-tag, jsmith/group/example, refs/tags/v1.0.0, -, 82b3d5a, c",
                "BITBUCKET, repo:push, bitbucket-push, team_name/repo_name, refs/heads/name-of-branch, 1e65c05, 709d658, f",
                "BITBUCKET, repo:refs_changed, bitbucket-server, PROJ/repository, refs/heads/master, ecddabb, 178864a, -",
                "GITEA, push, gitea-push, gitea/webhooks, refs/heads/develop, 28e1879, bffeb74, -"
            })
    void a_push_names_its_repository_its_reference_and_its_commits(
            Provider provider,
            String event,
            String file,
            String repository,
            String reference,
            String before,
            String after,
            String flags)
            throws IOException {
        Claim claim = claim(provider, event, payload(file));
        Claim.Move move = claim.moves().getFirst();
        assertThat(claim.repository()).isEqualTo(repository);
        assertThat(move.reference()).isEqualTo(reference);
        assertThat(shortened(move.before())).isEqualTo(before == null ? "" : before);
        assertThat(shortened(move.after())).isEqualTo(after == null ? "" : after);
        assertThat((move.created() ? "c" : "") + (move.deleted() ? "d" : "") + (move.forced() ? "f" : ""))
                .isEqualTo(flags == null ? "" : flags);
    }

    private static String shortened(String commit) {
        return commit.isEmpty() ? "" : commit.substring(0, 7);
    }

    @Test
    void one_delivery_may_move_several_references() throws IOException {
        assertThat(claim(Provider.BITBUCKET, "repo:push", payload("bitbucket-push"))
                        .moves())
                .extracting(Claim.Move::reference, Claim.Move::deleted)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("refs/heads/name-of-branch", false),
                        org.assertj.core.groups.Tuple.tuple("refs/tags/v1", true));
        assertThat(claim(Provider.BITBUCKET, "repo:refs_changed", payload("bitbucket-server"))
                        .moves())
                .extracting(Claim.Move::name, Claim.Move::deleted)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("master", false),
                        org.assertj.core.groups.Tuple.tuple("old", true));
    }

    @Test
    void paths_are_told_only_where_all_of_them_are() throws IOException {
        assertThat(claim(Provider.GITLAB, "Push Hook", payload("gitlab-push")).paths())
                .as("it may have been forced")
                .isEmpty();
        assertThat(claim(Provider.GITEA, "push", payload("gitea-push")).paths())
                .as("it may have been forced")
                .isEmpty();
        assertThat(claim(Provider.BITBUCKET, "repo:push", payload("bitbucket-push"))
                        .paths())
                .isEmpty();
        ObjectNode push = (ObjectNode) payload("github-push-branch-new");
        assertThat(claim(Provider.GITHUB, "push", push).paths())
                .as("a new branch has more than it tells")
                .isEmpty();
        push.put("created", false).put("before", COMMIT);
        assertThat(claim(Provider.GITHUB, "push", push).paths()).contains(List.of("README.md"));
        push.put("forced", true);
        assertThat(claim(Provider.GITHUB, "push", push).paths())
                .as("commits that went are not told")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GITHUB, ping, github-ping", "BITBUCKET, diagnostics:ping, github-ping"})
    void a_ping_is_a_ping(Provider provider, String event, String file) throws IOException {
        assertThat(provider.sender().read(event, payload(file))).isInstanceOf(Message.Ping.class);
    }

    @ParameterizedTest
    @CsvSource({"GITHUB, star", "GITHUB, ''", "GITLAB, Issue Hook", "BITBUCKET, repo:fork", "GITEA, issues"})
    void other_events_move_nothing(Provider provider, String event) throws IOException {
        assertThat(provider.sender().read(event, JSON.readTree("{\"object_kind\": \"issue\"}")))
                .isInstanceOf(Message.Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ref\": \"refs/heads/main\"}",
                "{\"ref\": \"\", \"repository\": {\"full_name\": \"a/b\"}}",
                "{\"ref\": [\"refs/heads/main\"], \"repository\": {\"full_name\": \"a/b\"}}",
                "{\"ref\": \"refs/heads/main\\nforged line\", \"repository\": {\"full_name\": \"a/b\"}}",
                "{\"ref\": \"refs/heads/main\", \"repository\": \"a/b\"}",
                "{\"ref\": \"refs/heads/main\", \"repository\": {\"full_name\": \"a\\u2028b\"}}"
            })
    void a_push_without_usable_names_cannot_be_read(String body) {
        assertThat(Provider.GITHUB.sender().read("push", JSON.readTree(body))).isInstanceOf(Message.Unreadable.class);
    }

    @Test
    void the_generic_form_needs_an_id_a_repository_and_a_reference() {
        Sender sender = Provider.GENERIC.sender();
        JsonNode whole = JSON.readTree("{\"id\": 7, \"repository\": \"sales.git\", \"ref\": \"refs/heads/main\"}");
        assertThat(claim(Provider.GENERIC, "push", whole).repository()).isEqualTo("sales.git");
        assertThat(sender.delivery(Headers.NONE, whole)).contains("7");
        for (String field : List.of("id", "repository", "ref")) {
            ObjectNode part = (ObjectNode) JSON.readTree(whole.toString());
            part.remove(field);
            assertThat(sender.read("push", part)).as(field).isInstanceOf(Message.Unreadable.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB, X-GitHub-Event, X-GitHub-Delivery",
        "GITLAB, X-Gitlab-Event, Idempotency-Key",
        "GITLAB, X-Gitlab-Event, X-Gitlab-Event-UUID",
        "BITBUCKET, X-Event-Key, X-Request-UUID",
        "BITBUCKET, X-Event-Key, X-Request-Id",
        "GITEA, X-Gitea-Event, X-Gitea-Delivery"
    })
    void headers_name_the_event_and_the_delivery(Provider provider, String event, String delivery) {
        Headers headers = Headers.of(Map.of(event, "push", delivery, "d-1"));
        assertThat(provider.sender().event(headers)).isEqualTo("push");
        assertThat(provider.sender().delivery(headers)).isEqualTo(Optional.of("d-1"));
    }

    /** Whatever single value of a real payload is missing or of another kind, reading it ends in a message, never in a failure. */
    @ParameterizedTest
    @CsvSource({
        "GITHUB, push, github-push-branch-new",
        "GITHUB, create, github-create",
        "GITLAB, Push Hook, gitlab-push",
        "BITBUCKET, repo:push, bitbucket-push",
        "BITBUCKET, repo:refs_changed, bitbucket-server",
        "GITEA, push, gitea-push"
    })
    void damaged_payloads_are_read_or_refused(Provider provider, String event, String file) throws IOException {
        int[] tried = {0};
        for (String replacement : List.of("null", "0", "\"\"", "[]", "{}", "[[{}]]", "true", "\"refs/heads/x\"")) {
            JsonNode whole = payload(file);
            Damage.each(whole, JSON.readTree(replacement), () -> {
                tried[0]++;
                assertThat(provider.sender().read(event, whole)).isNotNull();
            });
        }
        assertThat(tried[0]).isGreaterThan(100);
    }

    /** Puts a value in the place of every other one, one after the other. */
    private static final class Damage {
        static void each(JsonNode at, JsonNode replacement, Runnable check) {
            if (at instanceof ObjectNode object) {
                for (String name : List.copyOf(object.propertyNames())) {
                    JsonNode before = object.get(name);
                    object.set(name, replacement);
                    check.run();
                    object.set(name, before);
                    each(before, replacement, check);
                }
            } else {
                at.forEach(inner -> each(inner, replacement, check));
            }
        }
    }
}
