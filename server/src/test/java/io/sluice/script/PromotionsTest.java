package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Any order and repetition of pushes, deliveries, clears, runs, outages, rollbacks and restarts: promotions never go back, and a run
 * gives what a simple model says.
 */
class PromotionsTest {
    enum Act {
        PUSH_GOOD,
        PUSH_BAD,
        PUSH_BACK,
        DELIVERY,
        CLEAR,
        RUN,
        OUTAGE,
        ROLLBACK,
        RESTART
    }

    /** What the room should do, said simply. */
    private static final class Model {
        int pushed;
        String source = "return 0";
        String current = "return 0";
        boolean dead;
        boolean due;
        final Set<String> turnedAway = new HashSet<>();

        void look() {
            due = false;
            if (!dead && !source.contains("!!!") && !turnedAway.contains(source)) {
                current = source;
            }
        }
    }

    @Test
    void promotions_never_go_back() {
        Draws.times(25, draw -> play(draw.list(3, 25, () -> draw.of(Act.values()))));
    }

    private static void play(List<Act> acts) throws IOException {
        Path folder = Files.createTempDirectory("promotions");
        try (Room room = new Room(folder)) {
            Model model = new Model();
            room.source.has("a.js", model.source);
            room.create(linked(A, "a.js"));
            room.scripts.refresh(A);
            long promotion = room.scripts.release().promotion();
            for (Act act : acts) {
                perform(act, room, model);
                assertThat(room.scripts.release().promotion())
                        .as("after %s", act)
                        .isGreaterThanOrEqualTo(promotion);
                promotion = room.scripts.release().promotion();
            }
            model.dead = false;
            room.source.has("a.js", model.source);
            room.scripts.refresh(A);
            model.look();
            assertThat("return " + room.says(A)).as("in the end").isEqualTo(model.current);
        } finally {
            delete(folder);
        }
    }

    private static void perform(Act act, Room room, Model model) {
        switch (act) {
            case PUSH_GOOD -> push(room, model, "return " + ++model.pushed);
            case PUSH_BAD -> push(room, model, "!!! " + model.pushed);
            case PUSH_BACK -> push(room, model, "return " + model.pushed / 2);
            case DELIVERY -> {
                room.scripts.refresh(A);
                model.look();
            }
            case CLEAR -> {
                room.scripts.clear(A, "test");
                model.due = true;
            }
            case RUN -> {
                if (model.due) {
                    model.look();
                }
                assertThat("return " + room.says(A)).isEqualTo(model.current);
            }
            case OUTAGE -> {
                room.source.die();
                model.dead = true;
            }
            case ROLLBACK -> rollBack(room, model);
            case RESTART -> {
                room.restart();
                // What was refused is looked at again in the background, after a while.
                model.due = room.status(A).state() == ScriptState.STALE;
            }
        }
    }

    private static void push(Room room, Model model, String text) {
        model.source = text;
        model.dead = false;
        room.source.has("a.js", text);
    }

    private static void rollBack(Room room, Model model) {
        List<Version> versions = room.scripts.versions(A);
        Version old = versions.getLast();
        model.turnedAway.add(model.current);
        model.turnedAway.remove(old.source().text());
        model.current = old.source().text();
        model.due = false;
        room.scripts.rollback(A, old.number(), OptionalLong.empty());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
