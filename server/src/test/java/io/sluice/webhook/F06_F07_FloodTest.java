package io.sluice.webhook;

import static io.sluice.webhook.HookRoom.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.script.ScriptId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** F6: ten thousand pushes are two looks. F7: the answer waits for no work. */
class F06_F07_FloodTest extends FreshHookRoom {
    private static final int FLOOD = 10_000;

    @Test
    void F6_ten_thousand_pushes_to_one_repository_are_two_looks_and_each_gets_its_verdict() throws Exception {
        room.host.commit("orders.js", "return 2");
        room.host.hold();
        room.push(hook, "d-0");
        room.host.awaitArrival();
        for (int i = 1; i < FLOOD; i++) {
            assertThat(room.push(hook, "d-" + i).status()).isEqualTo(202);
        }
        assertThat(room.host.reads.get())
                .as("one look is under way, nothing else")
                .isLessThanOrEqualTo(1);
        room.host.commit("orders.js", "return 3");
        room.host.letGo();
        room.settled(hook);
        assertThat(room.host.reads.get()).isLessThanOrEqualTo(2);
        assertThat(room.seen(Observation.DeliveryDone.class))
                .hasSizeLessThanOrEqualTo(2)
                .extracting(Observation.DeliveryDone::deliveries)
                .satisfies(each -> assertThat(
                                each.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(FLOOD));
        assertThat(room.verdicts(hook))
                .hasSizeGreaterThanOrEqualTo(DeliveryRecords.KEPT)
                .containsOnly("accepted");
        assertThat(room.room
                        .scripts
                        .release()
                        .version(ORDERS)
                        .orElseThrow()
                        .source()
                        .text())
                .isEqualTo("return 3");
    }

    @Test
    void F6_the_log_is_cut_back_to_its_bound_once_its_work_is_done() {
        for (int i = 0; i < DeliveryRecords.KEPT + 300; i++) {
            room.send(hook, "p-" + i, "ping", "{}");
        }
        assertThat(room.log(hook)).hasSizeBetween(DeliveryRecords.KEPT, DeliveryRecords.KEPT + 64);
    }

    /** The lines after which logs are cut back are all another webhook's. */
    @Test
    void F6_a_log_is_cut_back_whoever_else_is_told_things_meanwhile() {
        long other = room.hook();
        for (int i = 1; i <= DeliveryRecords.KEPT + 300; i++) {
            room.send(i % 64 == 0 ? other : hook, "p-" + i, "ping", "{}");
        }
        assertThat(room.log(other))
                .isNotEmpty()
                .allSatisfy(line -> assertThat((Long) line.get("id") % 64).isZero());
        assertThat(room.log(hook)).hasSizeBetween(DeliveryRecords.KEPT, DeliveryRecords.KEPT + 64);
    }

    @Test
    void F6_what_waits_for_a_look_does_not_hold_the_paths_that_were_told() {
        List<Ask> asks = new ArrayList<>();
        Intake intake =
                new Intake(room.room.store, room.seen::add, room.clock, new BadSignatures(room.clock), asks::add);
        Claim.Move move = new Claim.Move("refs/heads/main", "", "", false, false, false);
        Claim told = new Claim(HookRoom.REPOSITORY, List.of(move), Optional.of(List.of("orders.js")));
        Webhook webhook = new Webhook(
                hook,
                "sales",
                Provider.GITHUB,
                HookRoom.GIT,
                Optional.empty(),
                true,
                Filter.of(List.of(), List.of()),
                new Keys(new Secret(HookRoom.SECRET), Optional.empty()));
        intake.take(webhook, Optional.of("d-1"), "push", told);
        assertThat(asks).extracting(Ask::claim).containsExactly(told.withoutPaths());
        assertThat(room.log(hook).getFirst().get("paths")).isEqualTo(List.of("orders.js"));
    }

    @Test
    void F6_repositories_do_not_wait_for_each_other() throws Exception {
        ScriptId stock = ScriptId.event("db._table.stock.get.post_process");
        room.host.commit("stock.js", "return 1");
        room.link(stock, "acme/stock", "stock.js");
        room.host.hold();
        room.push(hook, "d-1");
        room.host.awaitArrival();
        room.push(hook, "d-2", "acme/stock", "refs/heads/main");
        room.host.awaitArrival();
        room.host.letGo();
        room.settled(hook);
        assertThat(room.verdicts(hook)).containsExactly("accepted", "accepted");
    }

    /** The host does not answer before the test has its answer: however slow it is, nobody waits for it. */
    @Test
    void F7_the_answer_comes_while_the_host_is_still_asked() throws Exception {
        room.host.hold();
        assertThat(room.push(hook, "d-1")).isEqualTo(new HookRoom.Answer(202, "accepted"));
        room.host.awaitArrival();
        assertThat(room.push(hook, "d-2")).isEqualTo(new HookRoom.Answer(202, "accepted"));
        assertThat(room.log(hook)).extracting(line -> line.get("done")).isEqualTo(List.of(false, false));
    }
}
