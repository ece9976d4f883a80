package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.Limits;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands beside a child with a list of hosts, and when its way out is open. */
class WayOutTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Confinement confinement = new Confinement(false, this::opened);

    private Optional<WayOut.Door> opened(Path socket, List<String> hosts) throws IOException {
        Files.createFile(socket);
        told.add("made for " + hosts);
        return Optional.of(new WayOut.Door() {
            @Override
            public void open() {
                told.add("open");
            }

            @Override
            public void shut() {
                told.add("shut");
            }

            @Override
            public void close() {
                told.add("closed");
            }
        });
    }

    @BeforeEach
    void needsTheRights() {
        assumeTrue(confinement.refusal().isEmpty(), () -> confinement.refusal().orElse(""));
    }

    @AfterEach
    void close() {
        confinement.close();
        assertThat(confinement.count()).isZero();
    }

    private static Command shell(String text, Network network) {
        return new Command(
                List.of("/bin/sh", "-c", text), List.of(), List.of(), Map.of(), Quota.ofMemory(512L << 20), network);
    }

    private static Network listed() {
        return new Network.Listed(List.of("api.example.com"), UnprivilegedConfinement.FORWARDER);
    }

    private static String said(Child child) throws IOException {
        return new String(child.out().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void itHasALoopbackAddressAndSeesNothingOfTheForwarder() throws IOException {
        String look =
                "cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '; grep -q 127.0.0.1 /proc/net/fib_trie && echo raised;"
                        + " cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'forward[e]r'; kill -9 -1; env | grep -i proxy | sort";
        try (Child child = confinement.start(shell(look, listed()))) {
            String proxy = "=http://127.0.0.1:3128";
            assertThat(said(child).lines())
                    .containsExactly(
                            "lo",
                            "raised",
                            "0",
                            "HTTPS_PROXY" + proxy,
                            "HTTP_PROXY" + proxy,
                            "http_proxy" + proxy,
                            "https_proxy" + proxy);
        }
    }

    @Test
    void bothEndTogether() {
        Child child = confinement.start(shell("sleep 1000", listed()));
        Eventually.is("both have started", () -> runs(child, "forwarder") && runs(child, "sleep 1000"));
        List<ProcessHandle> below =
                ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
        child.close();
        Eventually.is("all have ended", () -> below.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(told).containsExactly("made for [api.example.com]", "closed");
    }

    private static boolean runs(Child child, String words) {
        return ProcessHandle.of(child.pid())
                .orElseThrow()
                .descendants()
                .anyMatch(process -> process.info()
                        .arguments()
                        .filter(all -> String.join(" ", all).contains(words))
                        .isPresent());
    }

    @Test
    void itIsOpenWhileARunIsWatched() {
        try (Watchdog watchdog = Watchdog.start();
                Child child = confinement.start(shell("sleep 1000", listed()))) {
            Limits limits = new Limits(System.nanoTime() + 60_000_000_000L, 60_000, 512L << 20);
            watchdog.watch(child, limits).close();
            watchdog.watch(child, limits).close();
        }
        assertThat(told).containsExactly("made for [api.example.com]", "open", "shut", "open", "shut", "closed");
    }

    @Test
    void withoutAListNoneIsMade() throws IOException {
        try (Child child = confinement.start(
                shell("env | grep -i proxy; grep -c 127.0.0.1 /proc/net/fib_trie", new Network.None()))) {
            assertThat(said(child)).isEqualTo("0");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aForwarderThatDoesNotStartIsTold() throws IOException {
        Network broken = new Network.Listed(List.of(), new Forwarder(List.of("/bin/false"), List.of()));
        try (Child child = confinement.start(shell("echo started", broken))) {
            assertThat(said(child)).isEmpty();
            assertThat(child.awaitEnd(30_000)).isTrue();
            assertThat(child.said()).contains("the forwarder of the way out does not start");
        }
    }
}
