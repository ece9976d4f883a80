package io.sluice.webhook;

import static io.sluice.webhook.HookRoom.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.script.ScriptId;
import io.sluice.testing.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repositories that are called by names which only the host can complete, while it cannot be asked. */
class ShortNamesTest extends FreshHookRoom {
    private static final ScriptId STOCK = ScriptId.event("db._table.stock.get.post_process");
    private static final String MAIN = "refs/heads/main";
    private long narrow;

    @BeforeEach
    void a_script_and_a_webhook_of_a_short_name() {
        room.host.commit("stock.js", "return 1");
        room.link(STOCK, "stock", "stock.js");
        narrow = room.hook("repository", "stock");
        room.host.commit("stock.js", "return 2");
        room.host.namesTold = false;
        room.host.dead = true;
    }

    @Test
    void a_push_is_accepted_without_asking_and_done_once_the_host_tells_the_name() {
        room.host.hold();
        assertThat(room.push(narrow, "d-1", "acme/stock", MAIN)).isEqualTo(new HookRoom.Answer(202, "accepted"));
        assertThat(room.push(hook, "d-2", "acme/stock", MAIN)).isEqualTo(new HookRoom.Answer(202, "accepted"));
        room.host.letGo();
        Eventually.is("both wait for another try", () -> room.later.size() == 2);
        assertThat(room.verdicts(narrow)).containsExactly("failed");
        assertThat(room.verdicts(hook)).containsExactly("failed");
        assertThat(room.log(hook).getFirst().get("problem")).asString().contains("whose repository 'stock' is");
        room.host.dead = false;
        room.tryAgain();
        room.settled(narrow);
        room.settled(hook);
        assertThat(room.version(STOCK)).isEqualTo(2);
        assertThat(room.verdicts(narrow)).containsExactly("accepted");
        assertThat(room.verdicts(hook)).containsExactly("accepted");
    }

    @Test
    void a_push_of_another_repository_has_no_effect_once_the_host_tells_the_name() {
        room.host.dead = false;
        room.host.commit("orders.js", "return 2");
        assertThat(room.push(narrow, "d-1").verdict()).isEqualTo("accepted");
        room.settled(narrow);
        assertThat(room.verdicts(narrow)).containsExactly("no_match");
        assertThat(room.version(ORDERS)).isEqualTo(1);
    }
}
