package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.process.Confinement;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts of {@code hostile.txt}: each ends by its limit, and neither the server nor the scripts of others take notice. A
 * block begins with {@code ### EXPECTED name}: {@code TIME}, {@code MEMORY}; {@code STOPPED} for any of them or
 * an error; {@code DENIED} when it must not return {@code 'leaked'}, however it ends.
 */
class F32_F33_HostilePythonTest {
    private static final long TIMEOUT_MILLIS = 800;
    private static final long MEMORY_MILLIS = 60_000;
    private static final long SLACK_MILLIS = 20_000;

    private static final Confinement CONFINEMENT = new Confinement(false);
    private static final PythonEngine ENGINE =
            new PythonEngine(CONFINEMENT, PythonSettings.in(Path.of("/nowhere")).withWorkers(2, 12));

    @TempDir
    static Path data;

    private static ServerSocket listening;
    private static Program innocent;

    record Attempt(String expected, String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void open() throws IOException {
        innocent = new Py(ENGINE).program("return event.n + 1");
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Files.writeString(data.resolve("secret.key"), "the secret");
    }

    @AfterAll
    static void close() throws IOException {
        ENGINE.close();
        Eventually.is("all workers have ended", () -> CONFINEMENT.count() == 0);
        CONFINEMENT.close();
        if (listening != null) {
            listening.close();
        }
    }

    static Stream<Attempt> attempts() throws IOException {
        String all;
        try (InputStream in = F32_F33_HostilePythonTest.class.getResourceAsStream("hostile.txt")) {
            all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Attempt> attempts = new ArrayList<>();
        for (String block : all.split("(?m)^### ")) {
            if (!block.isBlank() && !block.startsWith("#")) {
                String head = block.lines().findFirst().orElseThrow();
                int space = head.indexOf(' ');
                attempts.add(new Attempt(
                        head.substring(0, space),
                        head.substring(space + 1),
                        block.substring(head.length() + 1).strip()));
            }
        }
        return attempts.stream();
    }

    @Test
    void thereAreAtLeastSixty() throws IOException {
        assertThat(attempts()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void endsByItsLimitAndNobodyTakesNotice(Attempt attempt) throws Exception {
        boolean quick = attempt.expected().equals("DENIED");
        for (boolean strict : quick ? List.of(false, true) : List.of(false)) {
            try (Program program = new Py(ENGINE).program(attempt.text());
                    var threads = Executors.newSingleThreadExecutor()) {
                long limit = attempt.expected().equals("MEMORY") ? MEMORY_MILLIS : TIMEOUT_MILLIS;
                Future<Run> hostile = threads.submit(() -> program.run(invocation(limit, strict)));
                do {
                    serve();
                } while (!hostile.isDone());
                Run run = hostile.get();
                serve();
                expect(attempt, run.outcome());
                assertThat(run.took().toMillis()).isLessThan(limit + SLACK_MILLIS);
            }
        }
        assertThat(data.resolve("secret.key")).hasContent("the secret");
    }

    private static void serve() {
        Run run = innocent.run(invocation(60_000, false));
        assertThat(run.outcome()).isEqualTo(new Outcome.Completed(true, 42));
    }

    private static Invocation invocation(long millis, boolean strict) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("n", 41);
        event.put("secret", data.resolve("secret.key").toString());
        event.put("port", listening.getLocalPort());
        event.put("server", ProcessHandle.current().pid());
        return new Invocation(
                "event:hostile",
                event,
                Map.of(),
                request -> Py.answer(200, null),
                new Limits(System.nanoTime() + millis * 1_000_000, millis, 256 * Py.MB),
                strict,
                List.of());
    }

    private static String shown(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed done -> String.valueOf(done.value());
            case Outcome.Threw threw -> threw.message();
            case Outcome.Stopped stopped -> stopped.message();
        };
    }

    private static void expect(Attempt attempt, Outcome outcome) {
        switch (attempt.expected()) {
            case "TIME", "MEMORY" ->
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Stopped.class,
                                stopped -> assertThat(stopped.limit()).isEqualTo(Limit.valueOf(attempt.expected())));
            case "STOPPED" -> assertThat(outcome).isNotInstanceOf(Outcome.Completed.class);
            case "DENIED" -> assertThat(shown(outcome)).doesNotContain("leaked", "the secret");
            default -> throw new AssertionError("unknown expectation " + attempt.expected());
        }
    }
}
