package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push only says where to look: any order and repetition of deliveries ends in the state of the head of the branch. */
class F05_PushesInAnyOrderTest {
    @TempDir
    Path folder;

    enum Act {
        COMMIT,
        COMMIT_BAD,
        COMMIT_ELSEWHERE,
        FORCE,
        DELIVERY,
        DELIVERY_AGAIN,
        DELIVERY_OF_OTHER_BRANCH,
        LAG,
        RESTART
    }

    private final AtomicInteger rooms = new AtomicInteger();

    @Test
    void it_ends_in_the_state_of_the_head() {
        Draws.times(25, draw -> play(draw.list(3, 25, () -> draw.of(Act.values()))));
    }

    private void play(List<Act> acts) throws IOException {
        try (Room room = new Room(Files.createDirectory(folder.resolve("r" + rooms.incrementAndGet())))) {
            room.source.commits(texts(0));
            room.create(linked(A, "a.js"));
            room.create(linked(B, "b.js"));
            room.scripts.push(PUSH);
            List<Push> sent = new ArrayList<>(List.of(PUSH));
            int number = 0;
            for (Act act : acts) {
                number++;
                perform(act, room, number, sent);
                assertThat(room.says(A)).as("after %s", act).isEqualTo(room.says(B));
            }
            room.source.commits(texts(1000));
            room.scripts.push(PUSH);
            assertThat(room.says(A) + room.says(B)).isEqualTo("10001000");
        }
    }

    private static Map<String, String> texts(int number) {
        return Map.of("a.js", "return " + number, "b.js", "return " + number);
    }

    private static void perform(Act act, Room room, int number, List<Push> sent) {
        switch (act) {
            case COMMIT -> room.source.commits(texts(number));
            case COMMIT_BAD -> room.source.commits(Map.of("a.js", "return " + number, "b.js", "!!! " + number));
            case COMMIT_ELSEWHERE -> room.source.has("readme.md", "" + number);
            case FORCE -> room.source.rewrites(texts(number));
            case DELIVERY -> {
                Push push = new Push(Room.REPO, "sales", "refs/heads/main", "delivery " + number);
                sent.add(push);
                room.scripts.push(push);
            }
            case DELIVERY_AGAIN -> room.scripts.push(sent.get(number % sent.size()));
            case DELIVERY_OF_OTHER_BRANCH ->
                room.scripts.push(new Push(Room.REPO, "sales", "refs/heads/work", "delivery " + number));
            case LAG -> {
                String head = room.source.head();
                room.source.goesBackTo(room.source.before(head));
                room.scripts.push(PUSH);
                room.source.goesBackTo(head);
            }
            case RESTART -> room.restart();
        }
    }
}
