package io.sluice.webhook;

import static io.sluice.webhook.HookRoom.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.service.CommitFeedback.State;
import io.sluice.service.ServiceDefinition;
import io.sluice.testing.Eventually;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deliveries from their proof to their verdict. */
class DeliveriesTest extends FreshHookRoom {

    @Test
    void a_push_moves_the_scripts_that_it_changed_and_its_line_says_which() {
        String head = room.host.commit("orders.js", "return 2");
        assertThat(room.push(hook, "72d3162e-cc78-11e3-81ab-4c9367dc0958").status())
                .isEqualTo(202);
        room.settled(hook);
        assertThat(room.log(hook).getFirst())
                .containsEntry("delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
                .containsEntry("event", "push")
                .containsEntry("verdict", "accepted")
                .containsEntry("repository", "acme/sales")
                .containsEntry("commit", head)
                .containsEntry("paths", List.of("orders.js"))
                .containsEntry(
                        "scripts", List.of(Map.of("id", ORDERS.toString(), "outcome", "promoted", "version", 2)));
        Observation.DeliveryTaken taken =
                room.seen(Observation.DeliveryTaken.class).getFirst();
        assertThat(taken.where()).isEqualTo("acme/sales@main");
        assertThat(taken.delivery()).isEqualTo("72d3162e");
        assertThat(room.seen(Observation.DeliveryDone.class).getFirst().by())
                .isEqualTo("webhook:github delivery=72d3162e");
    }

    @Test
    void a_ping_is_answered_and_does_nothing() {
        assertThat(room.send(hook, "d-1", "ping", "{\"zen\": \"Keep it logically awesome.\"}"))
                .isEqualTo(new HookRoom.Answer(200, "ping"));
        assertThat(room.host.reads).hasValue(0);
    }

    @Test
    void F10_pushes_of_other_repositories_and_branches_have_no_effect() {
        long narrow = room.hook("repository", "ACME/Sales", "branches", List.of("main", "release/*"));
        assertThat(room.push(narrow, "d-1", "acme/other", "refs/heads/main").verdict())
                .isEqualTo("no_match");
        assertThat(room.push(narrow, "d-2", "acme/sales", "refs/heads/dev").verdict())
                .isEqualTo("no_match");
        assertThat(room.push(narrow, "d-3", "Acme/Sales", "refs/heads/main").verdict())
                .isEqualTo("accepted");
        assertThat(room.push(hook, "d-4", "acme/other", "refs/heads/main").verdict())
                .isEqualTo("accepted");
        assertThat(room.push(hook, "d-5", "acme/sales", "refs/heads/dev").verdict())
                .isEqualTo("accepted");
        room.settled(narrow);
        room.settled(hook);
        assertThat(room.verdicts(narrow)).containsExactly("no_match", "no_match", "accepted");
        assertThat(room.log(hook)).extracting(line -> line.get("problem")).containsOnly("no script is linked to it");
        assertThat(room.verdicts(hook)).containsOnly("no_match");
    }

    @Test
    void a_filter_of_paths_leaves_out_pushes_that_touch_none_of_them() {
        long narrow = room.hook("paths", List.of("scripts/**"));
        assertThat(room.push(narrow, "d-1")).isEqualTo(new HookRoom.Answer(202, "no_match"));
        assertThat(room.log(narrow).getFirst().get("problem")).isEqualTo("the filter of the webhook leaves it out");
    }

    @Test
    void other_events_are_kept_and_do_nothing() {
        assertThat(room.send(hook, "d-1", "star", "{}")).isEqualTo(new HookRoom.Answer(202, "no_match"));
        assertThat(room.send(hook, "d-2", "push", "{}").status()).isEqualTo(400);
        assertThat(room.send(hook, "d-3", "push", "[]").status()).isEqualTo(400);
        assertThat(room.send(hook, "d-4", "push", "[".repeat(100_000)).status()).isEqualTo(400);
        assertThat(room.verdicts(hook)).containsExactly("no_match", "failed", "failed", "failed");
        assertThat(room.host.reads).hasValue(0);
    }

    @Test
    void a_form_with_the_payload_in_a_field_is_read_too() {
        String form = "payload="
                + java.net.URLEncoder.encode(
                        HookRoom.body("acme/sales", "refs/heads/main"), java.nio.charset.StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(
                "X-GitHub-Event",
                "push",
                "X-GitHub-Delivery",
                "d-1",
                "X-Hub-Signature-256",
                "sha256=" + HookRoom.sign(HookRoom.SECRET, form));
        var all = new java.util.LinkedHashMap<>(headers);
        var head = io.sluice.api.Headers.builder().add("Content-Type", "application/x-www-form-urlencoded");
        all.forEach(head::add);
        var exchange = new io.sluice.api.RawExchange(
                "POST", "/hooks/" + hook, "", head.build(), form.getBytes(java.nio.charset.StandardCharsets.UTF_8), "");
        assertThat(room.webhooks.answer(exchange).status()).isEqualTo(202);
        room.settled(hook);
        assertThat(room.verdicts(hook)).containsExactly("accepted");
    }

    @Test
    void what_was_accepted_before_the_process_ended_is_done_after_the_next_start() throws Exception {
        String head = room.host.commit("orders.js", "return 2");
        room.host.hold();
        room.push(hook, "d-1");
        room.push(hook, "d-2");
        room.host.awaitArrival();
        assertThat(room.version(ORDERS)).isEqualTo(1);
        Webhooks next = room.open();
        next.start();
        room.host.letGo();
        room.settled(hook);
        assertThat(room.version(ORDERS)).isEqualTo(2);
        assertThat(room.log(hook)).extracting(line -> line.get("commit")).containsOnly(head);
        assertThat(room.verdicts(hook)).containsExactly("accepted", "accepted");
    }

    @Test
    void a_service_that_is_switched_off_is_a_failure_that_is_told() {
        room.room.services.stop(HookRoom.GIT);
        room.push(hook, "d-1");
        Eventually.is("it failed", () -> room.verdicts(hook).equals(List.of("failed")));
        assertThat(room.log(hook).getFirst().get("problem")).asString().contains("does not run");
        room.room.services.start(new ServiceDefinition(HookRoom.GIT, "repo", "", "", "github", true, Map.of()));
        Eventually.is("it waits for another try", () -> room.later.size() == 1);
        room.tryAgain();
        room.settled(hook);
        assertThat(room.verdicts(hook)).containsExactly("accepted");
    }

    @Test
    void a_delivery_that_comes_before_its_commit_can_be_seen_waits_for_it() {
        room.host.wanted = true;
        String before = room.host.head();
        String body = HookRoom.body("acme/sales", "refs/heads/main").replace("1".repeat(40), before);
        room.send(hook, "d-1", "push", body);
        Eventually.is("it waits for another try", () -> room.later.size() == 1);
        assertThat(room.log(hook).getFirst())
                .containsEntry("verdict", "accepted")
                .containsEntry("commit", before)
                .containsEntry("done", false);
        String after = room.host.commit("orders.js", "return 2");
        room.tryAgain();
        room.settled(hook);
        assertThat(room.version(ORDERS)).isEqualTo(2);
        Eventually.is("it was told", () -> !room.host.told.isEmpty());
        assertThat(room.host.told).extracting(StubHost.Told::commit).containsExactly(after);
    }

    @Test
    void a_push_that_was_taken_back_is_done_after_the_usual_tries() {
        String body = HookRoom.body("acme/sales", "refs/heads/main").replace("1".repeat(40), room.host.head());
        room.send(hook, "d-1", "push", body);
        for (int tries = 1; tries < 3; tries++) {
            Eventually.is("it waits for another try", () -> room.later.size() == 1);
            room.tryAgain();
        }
        room.settled(hook);
        assertThat(room.log(hook).getFirst())
                .containsEntry("verdict", "accepted")
                .containsEntry("tries", 3);
    }

    @Test
    void a_line_can_be_done_again_by_hand() {
        room.push(hook, "d-1");
        room.settled(hook);
        room.host.commit("orders.js", "return 2");
        long number = (Long) room.log(hook).getFirst().get("id");
        room.webhooks.records().redeliver(hook, number);
        room.settled(hook);
        assertThat(room.version(ORDERS)).isEqualTo(2);
        assertThat(room.log(hook).getLast()).containsEntry("event", "redelivery");
    }

    @Test
    void the_host_is_told_what_became_of_the_commit() {
        room.host.wanted = true;
        String head = room.host.commit("orders.js", "return 2");
        room.push(hook, "d-1");
        Eventually.is("it was told", () -> room.log(hook).getFirst().get("feedback") != null);
        StubHost.Told told = room.host.told.getFirst();
        assertThat(told.repository() + "@" + told.commit()).isEqualTo("acme/sales@" + head);
        assertThat(told.status().context()).isEqualTo("sluice");
        assertThat(told.status().state()).isEqualTo(State.SUCCESS);
        assertThat(told.status().description()).isEqualTo("1 script promoted");
        assertThat(room.log(hook).getFirst().get("feedback")).isEqualTo("1 script promoted");
    }

    @Test
    void what_does_not_compile_is_told_beside_the_commit_in_140_characters() {
        room.host.wanted = true;
        room.host.commit("orders.js", "return 2\n!!! " + "x".repeat(300));
        room.push(hook, "d-1");
        Eventually.is("it was told", () -> !room.host.told.isEmpty());
        assertThat(room.host.told.getFirst().status().state()).isEqualTo(State.FAILURE);
        assertThat(room.host.told.getFirst().status().description())
                .startsWith("1 of 1 does not compile: orders.js line 2, column 1: unexpected !!!")
                .hasSizeLessThanOrEqualTo(140);
        room.settled(hook);
        assertThat(room.log(hook).getFirst()).containsEntry("verdict", "accepted");
        assertThat(room.version(ORDERS)).isEqualTo(1);
    }

    @Test
    void a_host_that_takes_no_status_hinders_nothing() {
        room.host.wanted = true;
        room.host.refusesFeedback = java.util.Optional.of("the token may not write statuses");
        room.host.commit("orders.js", "return 2");
        room.push(hook, "d-1");
        Eventually.is("it is written down", () -> room.log(hook).getFirst().get("feedback") != null);
        assertThat(room.log(hook).getFirst())
                .containsEntry("feedback", "not told: the token may not write statuses")
                .containsEntry("verdict", "accepted");
        assertThat(room.version(ORDERS)).isEqualTo(2);
        assertThat(room.seen(Observation.FeedbackFailed.class)).hasSize(1);
    }
}
