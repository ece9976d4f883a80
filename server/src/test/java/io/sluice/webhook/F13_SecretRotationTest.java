package io.sluice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** F13: after a rotation both secrets hold for the overlap, then only the new one. */
class F13_SecretRotationTest extends FreshHookRoom {
    private static final String BODY = HookRoom.body("acme/sales", "refs/heads/main");

    @Test
    void F13_the_old_secret_holds_for_the_overlap_and_no_longer() {
        String fresh = rotate(Duration.ofHours(1));
        assertThat(fresh).hasSize(64).isNotEqualTo(HookRoom.SECRET);
        assertThat(status(HookRoom.SECRET)).isEqualTo(202);
        assertThat(status(fresh)).isEqualTo(202);
        room.clock.advance(Duration.ofMinutes(59));
        assertThat(status(HookRoom.SECRET)).isEqualTo(202);
        room.clock.advance(Duration.ofMinutes(1));
        assertThat(status(HookRoom.SECRET)).isEqualTo(401);
        assertThat(status(fresh)).isEqualTo(202);
    }

    @Test
    void F13_a_second_rotation_ends_the_first_secret() {
        String second = rotate(Duration.ofHours(1));
        String third = rotate(Duration.ofHours(1));
        assertThat(status(HookRoom.SECRET)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(202);
        assertThat(status(third)).isEqualTo(202);
    }

    @Test
    void F13_without_an_overlap_the_old_secret_ends_at_once() {
        String fresh = rotate(Duration.ZERO);
        assertThat(status(HookRoom.SECRET)).isEqualTo(401);
        assertThat(status(fresh)).isEqualTo(202);
    }

    @Test
    void F13_an_overlap_outlives_a_restart() {
        String fresh = rotate(Duration.ofHours(1));
        room.webhooks = room.open();
        assertThat(status(HookRoom.SECRET)).isEqualTo(202);
        assertThat(status(fresh)).isEqualTo(202);
    }

    @Test
    void a_secret_that_is_set_by_hand_takes_the_place_of_both() {
        rotate(Duration.ofHours(1));
        room.room.store.write(
                tx -> room.webhooks.records().update(tx, hook, Map.of("secret", "set by hand, set by hand")));
        assertThat(status(HookRoom.SECRET)).isEqualTo(401);
        assertThat(status("set by hand, set by hand")).isEqualTo(202);
    }

    private String rotate(Duration overlap) {
        return String.valueOf(room.room
                .store
                .write(tx -> room.webhooks.records().rotate(tx, hook, overlap))
                .get("secret"));
    }

    private int status(String secret) {
        return room.send(
                        hook,
                        BODY,
                        Map.of(
                                "X-GitHub-Event",
                                "push",
                                "X-Hub-Signature-256",
                                "sha256=" + HookRoom.sign(secret, BODY)))
                .status();
    }
}
