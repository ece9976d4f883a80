package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F1: without the right signature over the very bytes that came there is a 401, and nothing is read from the body. */
class F01_SignatureTest extends FreshHookRoom {
    private static final String BODY = HookRoom.body("acme/sales", "refs/heads/main");
    private static final String RIGHT = HookRoom.sign(HookRoom.SECRET, BODY);

    @ParameterizedTest
    @CsvSource({
        "github, X-Hub-Signature-256, sha256=",
        "bitbucket, X-Hub-Signature, sha256=",
        "gitea, X-Gitea-Signature, ''",
        "gitea, X-Hub-Signature-256, sha256=",
        "generic, X-Sluice-Signature-256, sha256="
    })
    void F1_only_the_host_s_own_header_with_the_right_digits_proves_a_body(
            String provider, String header, String prefix) {
        long own = room.hook("provider", provider);
        for (Map<String, String> wrong : java.util.List.of(
                Map.<String, String>of(),
                Map.of(header, ""),
                Map.of(header, prefix),
                Map.of(header, prefix + "00"),
                Map.of(header, prefix + HookRoom.sign("another secret", BODY)),
                Map.of(header, prefix + HookRoom.sign(HookRoom.SECRET, BODY + " ")),
                Map.of(header, "sha1=" + RIGHT),
                Map.of(header, prefix + HookRoom.SECRET),
                Map.of("X-Other-Signature", prefix + RIGHT))) {
            assertThat(room.send(own, BODY, wrong).status()).as("%s", wrong).isEqualTo(401);
        }
        assertThat(room.send(own, BODY, Map.of(header, prefix + RIGHT)).status())
                .isNotEqualTo(401);
        assertThat(room.webhooks.records().deliveries(own, 0, 100).deliveries())
                .extracting(line -> line.get("verdict"))
                .filteredOn("bad_signature"::equals)
                .hasSize(9);
    }

    @Test
    void F1_gitlab_sends_the_secret_itself() {
        long own = room.hook("provider", "gitlab");
        assertThat(room.send(own, BODY, Map.of()).status()).isEqualTo(401);
        assertThat(room.send(own, BODY, Map.of("X-Gitlab-Token", HookRoom.SECRET + "x"))
                        .status())
                .isEqualTo(401);
        assertThat(room.send(own, BODY, Map.of("X-Gitlab-Token", HookRoom.SECRET))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void F1_the_same_json_in_other_bytes_is_not_signed() {
        Map<String, String> headers = Map.of("X-GitHub-Event", "push", "X-Hub-Signature-256", "sha256=" + RIGHT);
        assertThat(room.send(hook, BODY.replace(": ", ":"), headers).status()).isEqualTo(401);
        assertThat(room.send(hook, BODY, headers).status()).isEqualTo(202);
    }

    @Test
    void F1_a_body_that_is_not_proved_is_not_read() {
        HookRoom.Answer answer = room.send(hook, "no JSON at all", Map.of("X-Hub-Signature-256", "sha256=00"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(room.log(hook).getFirst())
                .containsEntry("verdict", "bad_signature")
                .containsEntry("repository", null)
                .containsEntry("problem", null);
        assertThat(room.host.reads).hasValue(0);
    }

    @Test
    void F1_refusals_are_counted_and_a_few_a_minute_get_a_line() {
        for (int i = 0; i < 500; i++) {
            room.send(hook, BODY, Map.of("X-GitHub-Delivery", "d-" + i));
        }
        Map<String, Object> shown = room.room.store.read(
                tx -> room.webhooks.records().find(tx, hook).orElseThrow());
        assertThat(shown).containsEntry("bad_signatures", 500L);
        assertThat(room.seen(Observation.DeliveryRefused.class)).hasSize(10);
        assertThat(room.log(hook)).hasSize(10);
        room.clock.advance(java.time.Duration.ofMinutes(2));
        room.send(hook, BODY, Map.of());
        assertThat(room.seen(Observation.DeliveryRefused.class).getLast().silent())
                .isEqualTo(490);
    }

    @Test
    void F1_refusals_do_not_push_out_the_deliveries_of_the_host() {
        room.push(hook, "good");
        room.settled(hook);
        for (int minute = 0; minute < 40; minute++) {
            room.clock.advance(java.time.Duration.ofMinutes(1));
            for (int i = 0; i < 10; i++) {
                room.send(hook, BODY, Map.of("X-GitHub-Delivery", "bad"));
            }
        }
        assertThat(room.log(hook))
                .hasSizeLessThanOrEqualTo(DeliveryRecords.KEPT_UNSIGNED + 65)
                .anyMatch(line -> "good".equals(line.get("delivery")));
    }

    @Test
    void F1_what_is_kept_of_headers_cannot_forge_lines() {
        room.send(
                hook,
                BODY,
                Map.of("X-GitHub-Delivery", "a\nb\u001b[31m<script>" + "x".repeat(500), "X-GitHub-Event", "p\r\nush"));
        assertThat(room.log(hook).getFirst().get("delivery")).asString().matches("[0-9a-f]{64}");
        assertThat(room.log(hook).getFirst().get("event")).isEqualTo("push");
    }

    @Test
    void unknown_and_inactive_webhooks_are_404_whatever_is_sent() {
        long off = room.hook("is_active", false);
        assertThat(room.push(off, "d-1").status()).isEqualTo(404);
        assertThat(room.push(999, "d-1").status()).isEqualTo(404);
        assertThat(room.send(hook, BODY, Map.of("X-Hub-Signature-256", "sha256=" + RIGHT))
                        .status())
                .as("the event is missing")
                .isEqualTo(202);
    }
}
