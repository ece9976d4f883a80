package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.Eventually;
import io.sluice.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is down, slow, restarted, full or silent: 503 with Retry-After, then as before; no connection and no thread lost. */
@Timeout(120)
abstract class DownContract {
    private static final Map<Class<?>, Map<String, Object>> DATABASES = new HashMap<>();
    private static final int CONNECTIONS = 3;

    @TempDir
    Path folder;

    DatabaseServer server;
    Map<String, Object> direct;
    Wire wire;
    SqlApi api;

    abstract DatabaseServer server();

    /** A view {@code slow} that takes ten seconds. */
    abstract String slowView();

    /** Statements that lock the login {@code guest} out, and let it in again. */
    abstract String guest(Map<String, Object> config);

    abstract String lockOut();

    abstract String letIn();

    @BeforeEach
    void open() {
        server = server();
        direct = DATABASES.computeIfAbsent(getClass(), each -> server.newDatabase());
        server.empty(direct);
        server.run(direct, SampleTables.script(server.type()) + slowView());
        wire = Wire.to(direct);
        api = SqlApi.over(server, config(Map.of()), folder);
    }

    private Map<String, Object> config(Map<String, Object> more) {
        Map<String, Object> config = wire.over(direct);
        config.put("connect_timeout", 1);
        config.put("timeout", 2);
        config.put("max_connections", CONNECTIONS);
        config.put("max_records", 100_000);
        config.putAll(more);
        return config;
    }

    @AfterEach
    void nothingIsLeft() {
        if (api == null) {
            return;
        }
        noLeak();
        api.close();
        wire.close();
        Eventually.is(
                "the threads of the pool ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sql-sample")));
    }

    private void noLeak() {
        Eventually.is("no connection is in use", () -> pool().active() == 0);
    }

    private Pool pool() {
        return api.service().database().pool();
    }

    /** 200, or the status of the failure, which must be a 503 that says when to come again. */
    private int ask(Verb verb, String address, Object body) {
        try {
            ServiceResult result = api.service().handle(api.request(verb, address, body));
            if (result.content() instanceof Content.Rows rows) {
                Drained.of(rows);
            }
            return result.status();
        } catch (ApiException e) {
            assertThat(e.error().status()).as(e.error().message()).isEqualTo(503);
            assertThat(e.headers()).containsKey("Retry-After");
            assertThat(e.error().context().toString()).contains("reason=database_");
            return 503;
        }
    }

    private int read() {
        return ask(Verb.GET, "_table/customer?limit=10", null);
    }

    private int write(String name) {
        return ask(Verb.POST, "_table/customer", List.of(Map.of("name", name)));
    }

    private void works() {
        Eventually.is("the database answers again", () -> read() == 200);
        assertThat(write("Works")).isEqualTo(200);
        noLeak();
    }

    @Test
    void down_from_the_start_and_then_up() {
        wire.refuse();
        assertThat(read()).isEqualTo(503);
        assertThat(ask(Verb.GET, "_schema", null)).isEqualTo(503);
        assertThat(write("Never")).isEqualTo(503);
        wire.mend();
        works();
    }

    @Test
    void cut_between_two_calls() {
        works();
        wire.cut();
        wire.refuse();
        assertThat(read()).isEqualTo(503);
        assertThat(write("Never")).isEqualTo(503);
        wire.mend();
        works();
    }

    @Test
    void while_it_is_down_callers_are_told_at_once() {
        wire.refuse();
        assertThat(read()).isEqualTo(503);
        // Each would wait a second: together longer than the test may take.
        for (int i = 0; i < 10_000; i++) {
            assertThat(read()).isEqualTo(503);
        }
        wire.mend();
        works();
    }

    @Test
    void silent_in_the_middle_of_things() throws InterruptedException {
        works();
        wire.hold();
        List<Integer> answers = parallel(2 * CONNECTIONS, this::read);
        assertThat(answers).hasSize(2 * CONNECTIONS).containsOnly(503);
        wire.letGo();
        works();
    }

    @Test
    void silent_from_the_start() {
        wire.hold();
        assertThat(read()).isEqualTo(503);
        wire.letGo();
        works();
    }

    private List<Integer> parallel(int calls, IntSupplier call) throws InterruptedException {
        List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            threads.add(Thread.startVirtualThread(() -> answers.add(call.getAsInt())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    @Test
    void restarted_under_load() throws InterruptedException {
        works();
        AtomicInteger good = new AtomicInteger();
        AtomicInteger bad = new AtomicInteger();
        AtomicInteger strange = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean writer = i % 2 == 0;
            clients.add(Thread.startVirtualThread(() -> {
                while (!stop.get()) {
                    count(writer, good, bad, strange);
                }
            }));
        }
        try {
            for (int round = 0; round < 3; round++) {
                int before = good.get();
                Eventually.is("calls are answered", () -> good.get() > before + 20);
                int failed = bad.get();
                wire.refuse();
                wire.cut();
                Eventually.is("calls fail", () -> bad.get() > failed + 3);
                wire.mend();
            }
            int before = good.get();
            Eventually.is("calls are answered", () -> good.get() > before + 20);
        } finally {
            stop.set(true);
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(strange)
                .as("answers that are neither 200 nor 503 with Retry-After")
                .hasValue(0);
        works();
    }

    private void count(boolean writer, AtomicInteger good, AtomicInteger bad, AtomicInteger strange) {
        try {
            boolean answered = (writer ? write("Load") : read()) == 200;
            (answered ? good : bad).incrementAndGet();
            if (!answered) {
                LockSupport.parkNanos(1_000_000);
            }
        } catch (RuntimeException | AssertionError e) {
            strange.incrementAndGet();
        }
    }

    @Test
    void all_connections_taken_by_slow_queries() throws InterruptedException {
        works();
        List<Thread> slow = new ArrayList<>();
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < CONNECTIONS; i++) {
            slow.add(Thread.startVirtualThread(() -> {
                try {
                    ServiceResult result = api.service().handle(api.request(Verb.GET, "_table/slow", null));
                    result.content().close();
                    statuses.add(result.status());
                } catch (ApiException e) {
                    statuses.add(e.error().status());
                }
            }));
        }
        Eventually.is("all connections are taken", () -> pool().active() == CONNECTIONS);
        try {
            Drained.of((Content.Rows) api.service()
                    .handle(api.request(Verb.GET, "_table/customer", null))
                    .content());
        } catch (ApiException e) {
            assertThat(e.error().status()).isEqualTo(503);
            assertThat(e.error().context()).isEqualTo(Map.of("reason", "database_busy"));
            assertThat(e.headers()).containsKey("Retry-After");
        }
        for (Thread each : slow) {
            each.join();
        }
        assertThat(statuses).hasSize(CONNECTIONS).containsOnly(504);
        works();
    }

    @Test
    void the_login_is_refused_for_a_while() {
        api.close();
        server.run(direct, guest(direct));
        api = SqlApi.over(server, config(Map.of("username", "guest", "password", "guest-secret")), folder);
        works();
        server.run(direct, lockOut());
        wire.cut();
        assertThat(read()).isEqualTo(503);
        assertThat(write("Never")).isEqualTo(503);
        server.run(direct, letIn());
        works();
    }

    @Test
    void cut_in_the_middle_of_the_rows() {
        server.run(direct, """
                CREATE TABLE digit (d integer);
                INSERT INTO digit VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
                CREATE TABLE big (id integer PRIMARY KEY, words varchar(1000));
                INSERT INTO big SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d, REPEAT('x', 1000) FROM digit a, digit b, digit c, digit e;
                """);
        ServiceResult result = api.service().handle(api.request(Verb.GET, "_table/big", null));
        Content.Rows rows = (Content.Rows) result.content();
        assertThat(pool().active()).isEqualTo(1);
        wire.cutAfter(1_000_000);
        ApiException e =
                org.assertj.core.api.Assertions.catchThrowableOfType(ApiException.class, () -> Drained.of(rows));
        assertThat(e.error().status()).isEqualTo(503);
        assertThat(pool().active()).isZero();
        wire.mend();
        works();
    }
}
