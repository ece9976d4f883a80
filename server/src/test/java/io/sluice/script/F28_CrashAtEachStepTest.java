package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.PUSH;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process ends at the n-th call out of the room while a push is followed, for every n: after a restart there is the whole old
 * release or the whole new one, and the same push then brings the new one.
 */
class F28_CrashAtEachStepTest {
    @TempDir
    Path folder;

    @Test
    void an_error_at_every_step() throws IOException {
        int crashes = 0;
        for (boolean crashed = true; crashed; crashes++) {
            crashed = crashesAt(crashes + 1);
        }
        assertThat(crashes).as("steps of a push").isGreaterThan(10);
    }

    private boolean crashesAt(int step) throws IOException {
        try (Room room = new Room(Files.createDirectory(folder.resolve("e" + step)))) {
            oneGoodRelease(room);
            newTexts(room);
            AtomicInteger steps = new AtomicInteger();
            room.atEachStep(() -> {
                if (steps.incrementAndGet() == step) {
                    throw new Room.Killed();
                }
            });
            boolean crashed = false;
            try {
                room.scripts.push(PUSH);
            } catch (Room.Killed e) {
                crashed = true;
            }
            room.atEachStep(() -> {});
            room.restart();
            whole(room);
            return crashed;
        }
    }

    /** The child says each of its steps and waits to be let go; at the n-th it is killed, as by {@code kill -9}. */
    @Test
    void a_killed_process_at_every_step() throws Exception {
        int kills = 0;
        for (boolean killed = true; killed; kills++) {
            killed = killedAt(kills + 1);
        }
        assertThat(kills).as("steps of a push").isGreaterThan(10);
    }

    private boolean killedAt(int step) throws Exception {
        Path place = Files.createDirectory(folder.resolve("k" + step));
        try (Room room = new Room(place)) {
            oneGoodRelease(room);
        }
        boolean killed = runChild(place, step);
        try (Room room = new Room(place)) {
            newTexts(room);
            whole(room);
        }
        return killed;
    }

    private static boolean runChild(Path place, int step) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = child.inputReader();
                PrintStream go = new PrintStream(child.getOutputStream(), true)) {
            for (int i = 1; i < step; i++) {
                if (!"step".equals(said.readLine())) {
                    return false;
                }
                go.println();
            }
            return "step".equals(said.readLine());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Follows a push, step by step as it is told to. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Room room = new Room(Path.of(arguments[0]));
            newTexts(room);
            room.atEachStep(() -> {
                System.out.println("step");
                try {
                    if (System.in.read() < 0) {
                        Runtime.getRuntime().halt(1);
                    }
                } catch (IOException e) {
                    Runtime.getRuntime().halt(1);
                }
            });
            room.scripts.push(PUSH);
            Runtime.getRuntime().halt(0);
        }
    }

    private static void oneGoodRelease(Room room) {
        room.source.commits(Map.of("a.js", "use lib.js\nreturn a1", "b.js", "return b1", "lib.js", "1"));
        room.create(linked(A, "a.js"));
        room.create(linked(B, "b.js"));
        room.scripts.push(PUSH);
    }

    private static void newTexts(Room room) {
        room.source.lists = true;
        room.source.commits(Map.of("a.js", "use lib.js\nreturn a2", "b.js", "return b2", "lib.js", "2"));
    }

    private static void whole(Room room) {
        room.source.die();
        String says = room.says(A) + room.says(B);
        assertThat(says).isIn("a1b1", "a2b2");
        assertThat(room.status(A).promotion()).isEqualTo(room.status(B).promotion());
        assertThat(List.of(
                        room.scripts.versions(A).size(), room.scripts.versions(B).size()))
                .as("no half of a release is kept")
                .isEqualTo(says.equals("a1b1") ? List.of(1, 1) : List.of(2, 2));
        room.source.live();
        room.scripts.push(PUSH);
        assertThat(room.says(A) + room.says(B)).isEqualTo("a2b2");
    }
}
