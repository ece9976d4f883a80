package io.sluice.webhook;

import static io.sluice.webhook.HookRoom.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.testing.Eventually;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F3: what was accepted is not done twice. F4: what failed is not a duplicate. */
class F03_F04_RepeatedDeliveriesTest extends FreshHookRoom {

    @Test
    void F3_a_delivery_that_was_accepted_is_a_duplicate_when_it_comes_again() {
        room.host.commit("orders.js", "return 2");
        assertThat(room.push(hook, "d-1")).isEqualTo(new HookRoom.Answer(202, "accepted"));
        room.settled(hook);
        int reads = room.host.reads.get();
        assertThat(room.push(hook, "d-1")).isEqualTo(new HookRoom.Answer(200, "duplicate"));
        room.settled(hook);
        assertThat(room.host.reads).hasValue(reads);
        assertThat(room.verdicts(hook)).containsExactly("accepted", "duplicate");
        assertThat(room.version(ORDERS)).isEqualTo(2);
    }

    @Test
    void F3_also_while_its_work_is_under_way() throws Exception {
        room.host.hold();
        room.push(hook, "d-1");
        room.host.awaitArrival();
        assertThat(room.push(hook, "d-1").verdict()).isEqualTo("duplicate");
    }

    @Test
    void F3_another_webhook_may_get_one_of_the_same_name() {
        long other = room.hook();
        room.push(hook, "d-1");
        assertThat(room.push(other, "d-1").verdict()).isEqualTo("accepted");
    }

    @Test
    void F3_names_that_are_alike_are_not_one() {
        String end = "x".repeat(100);
        List<String> names = List.of("d-1", "d-1!", "d-1?", "!", "?", end, end + "1", end + "2");
        names.forEach(
                name -> assertThat(room.push(hook, name).verdict()).as(name).isEqualTo("accepted"));
        names.forEach(
                name -> assertThat(room.push(hook, name).verdict()).as(name).isEqualTo("duplicate"));
    }

    @Test
    void F4_a_delivery_whose_work_failed_is_done_when_it_comes_again() {
        room.host.commit("orders.js", "return 2");
        room.host.dead = true;
        room.push(hook, "d-1");
        Eventually.is("it failed", () -> room.verdicts(hook).equals(List.of("failed")));
        assertThat(room.log(hook).getFirst().get("problem")).asString().contains("does not answer");
        room.host.dead = false;
        assertThat(room.push(hook, "d-1")).isEqualTo(new HookRoom.Answer(202, "accepted"));
        room.settled(hook);
        assertThat(room.version(ORDERS)).isEqualTo(2);
        assertThat(room.verdicts(hook))
                .as("the one that failed is done with it")
                .containsExactly("accepted", "accepted");
    }

    @Test
    void work_that_failed_is_tried_again_by_itself_a_few_times() {
        room.host.commit("orders.js", "return 2");
        room.host.dead = true;
        room.push(hook, "d-1");
        Eventually.is("it waits for its second try", () -> room.later.size() == 1);
        assertThat(room.log(hook).getFirst()).containsEntry("done", false).containsEntry("tries", 1);
        room.host.dead = false;
        room.tryAgain();
        room.settled(hook);
        assertThat(room.log(hook).getFirst())
                .containsEntry("verdict", "accepted")
                .containsEntry("tries", 2);
        assertThat(room.version(ORDERS)).isEqualTo(2);
    }

    @Test
    void other_deliveries_do_not_use_up_the_tries_of_one_that_waits() {
        room.host.dead = true;
        for (int looks = 1; looks <= 5; looks++) {
            int all = looks;
            room.push(hook, "d-" + looks);
            Eventually.is(
                    "it was looked at",
                    () -> room.seen(Observation.DeliveryDone.class).size() == all
                            && Integer.valueOf(1)
                                    .equals(room.log(hook).getLast().get("tries")));
        }
        assertThat(room.log(hook))
                .allSatisfy(line -> assertThat(line).containsEntry("tries", 1).containsEntry("done", false));
        assertThat(room.later).as("one pause for all").hasSize(1);
        room.host.dead = false;
        Eventually.is("all are done after their pause", () -> {
            room.tryAgain();
            return room.log(hook).stream().allMatch(line -> Boolean.TRUE.equals(line.get("done")));
        });
        assertThat(room.verdicts(hook)).containsOnly("accepted");
        assertThat(room.log(hook)).extracting(line -> line.get("tries")).containsOnly(2);
    }

    @Test
    void work_that_goes_on_failing_is_given_up() {
        room.host.dead = true;
        room.push(hook, "d-1");
        for (int tries = 1; tries < 3; tries++) {
            Eventually.is("it waits for another try", () -> room.later.size() == 1);
            room.tryAgain();
        }
        room.settled(hook);
        assertThat(room.log(hook).getFirst()).containsEntry("verdict", "failed").containsEntry("tries", 3);
        assertThat(room.later).isEmpty();
        assertThat(room.seen(Observation.DeliveryDone.class))
                .hasSize(3)
                .allMatch(done -> !done.problem().isEmpty());
    }
}
