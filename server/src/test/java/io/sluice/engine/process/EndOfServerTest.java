package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sluice.testing.Eventually;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing that was started outlives the server, also when that is killed. */
class EndOfServerTest {
    /** A server of which only this room is there: starts a child that never ends and says its number. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws Exception {
            try (Confinement confinement = new Confinement(true)) {
                List<String> line = List.of("/bin/sh", "-c", "while :; do sleep 1; done");
                Child child = confinement.start(Command.of(line, List.of(), Map.of(), Quota.ofMemory(512L << 20)));
                System.out.println(child.pid());
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void childrenEndWhenTheServerIsKilled() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process server = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-cp", ClassPath.text(), Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            String first = said.readLine();
            assumeFalse(first == null, "no child can be started here");
            ProcessHandle child = ProcessHandle.of(Long.parseLong(first)).orElseThrow();
            Eventually.is(
                    "the child has started its own", () -> child.descendants().count() >= 1);
            List<ProcessHandle> all = child.descendants().toList();
            server.destroyForcibly().waitFor();
            Eventually.is(
                    "the child is gone", () -> !child.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(child.isAlive()).isFalse();
        }
    }
}
