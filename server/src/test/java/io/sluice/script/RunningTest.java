package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Caller;
import io.sluice.engine.Invocation;
import io.sluice.engine.PlatformCalls;
import io.sluice.observe.Observation;
import io.sluice.script.Scripts.Ran;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run is limited, what the script sees, and what comes of it. */
class RunningTest extends FreshRoom {
    private static final Caller ADA = new Caller(
            Caller.Requestor.API,
            Optional.of(
                    new Caller.Person(4, "Ada L", "ada", "Ada", "L", "ada@example.com", false, "2026-01-02 03:04:05")),
            Optional.of(new Caller.App(2, "shop")),
            Optional.of(new Caller.Role(3, "reader")),
            Optional.of("secret-key"),
            Optional.of("secret-token"),
            false);

    @ParameterizedTest
    @CsvSource({
        "throw 418 teapot, 418, , teapot",
        "throw 500 stop node, 500, , stop node",
        "throw 200 odd, 500, , odd",
        "stop TIME, 504, script_timeout, stopped by TIME",
        "stop MEMORY, 500, script_memory, stopped by MEMORY",
        "stop OUTPUT, 500, script_output, stopped by OUTPUT",
        "stop BUSY, 503, script_busy, stopped by BUSY",
        "error 422 not so, 422, , not so",
        "error 7 not so, 500, , not so"
    })
    void a_run_that_fails_is_an_error_with_its_status(String text, int status, String reason, String message) {
        room.create(stored(A, text));
        Ran.Failed failed = (Ran.Failed) room.run(A);
        assertThat(failed.error().status()).isEqualTo(status);
        assertThat(failed.error().code()).isEqualTo(status);
        assertThat(failed.error().message()).isEqualTo(message);
        assertThat(failed.error().context()).isEqualTo(reason == null ? null : Map.of("reason", reason));
        assertThat(failed.headers().containsKey("Retry-After")).isEqualTo(status == 503);
    }

    @Test
    void nesting_deeper_than_eight_is_a_508() {
        room.create(stored(A, "return ok"));
        RunScope scope = room.open();
        for (int depth = 0; depth < RunScope.MAX_DEPTH; depth++) {
            scope = scope.nested(Long.MAX_VALUE);
        }
        assertThat(Room.says(room.run(A, scope))).isEqualTo("ok");
        assertThat(Room.says(room.run(A, scope.nested(Long.MAX_VALUE)))).startsWith("508");
    }

    @Test
    void the_deadline_is_the_sooner_of_the_scripts_own_and_its_callers() {
        room.create(stored(A, "return ok"));
        long before = System.nanoTime();
        room.run(A);
        Invocation alone = room.engine.invocations.getLast();
        assertThat(alone.limits().timeoutMillis()).isEqualTo(5000);
        assertThat(alone.limits().memoryBytes()).isEqualTo(128L << 20);
        assertThat(alone.limits().deadlineNanos() - before).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(5));
        long soon = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        room.run(A, room.open().nested(soon));
        assertThat(room.engine.invocations.getLast().limits().deadlineNanos()).isEqualTo(soon);
    }

    @Test
    void calls_that_a_script_makes_are_one_deeper_and_end_by_its_deadline() {
        room.create(stored(A, "call GET db/_table/x"));
        List<RunScope> scopes = new ArrayList<>();
        RunScope scope = room.scripts.open(inner -> {
            scopes.add(inner);
            return Room.NO_CALLS;
        });
        room.run(A, scope);
        RunScope inner = scopes.getLast();
        assertThat(inner.depth()).isEqualTo(1);
        assertThat(inner.deadlineNanos())
                .isEqualTo(room.engine.invocations.getLast().limits().deadlineNanos());
        assertThat(inner.release()).isSameAs(scope.release());
    }

    @Test
    void the_session_names_the_caller_without_any_secret() {
        room.create(stored(A, "session"));
        RunScope scope = room.open();
        Ran.Completed ran = (Ran.Completed) room.scripts.run(A, scope, ADA, new LinkedHashMap<>());
        Map<?, ?> session = (Map<?, ?>) ran.value();
        assertThat(session.get("lookup_secret")).isEqualTo(Map.of());
        session.remove("lookup_secret");
        assertThat(session.toString()).doesNotContain("secret");
        assertThat(session.get("session_token")).isEqualTo(scope.token());
        assertThat(session.get("api_key")).isEqualTo(scope.token());
        assertThat(session.get("requestor")).isEqualTo("SCRIPT");
        assertThat(((Map<?, ?>) session.get("user")).get("email")).isEqualTo("ada@example.com");
        assertThat(((Map<?, ?>) session.get("role")).get("name")).isEqualTo("reader");
        assertThat(((Map<?, ?>) session.get("app")).get("id")).isEqualTo(2L);
        assertThat(scope.nested(Long.MAX_VALUE).token()).isEqualTo(scope.token());
        assertThat(room.open().token()).isNotEqualTo(scope.token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST system/role",
                "put /system/role/1",
                "DELETE /api/v2/system/cache",
                "PATCH //System/user/3?x=y",
                "post s%79stem/app",
                "POST api/v2/%2Fsystem",
                "POST ./system/app",
                "MERGE system",
                "POST system?method=GET"
            })
    void a_script_may_not_change_system_records_unless_its_record_allows_it(String call) {
        room.create(stored(A, "call " + call));
        assertThat(Room.says(room.run(A))).startsWith("403").contains("allow_system");
        room.update(allowed(stored(A, "call " + call)));
        assertThat(room.says(A)).isEqualTo("called");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET system/role",
                "POST systems/x",
                "POST db/_table/system",
                "POST user/session",
                "GET /api/v2/system"
            })
    void everything_else_is_left_to_the_callers_rights(String call) {
        room.create(stored(A, "call " + call));
        assertThat(room.says(A)).isEqualTo("called");
    }

    private static ScriptDefinition allowed(ScriptDefinition script) {
        return new ScriptDefinition(
                script.id(),
                script.type(),
                script.content(),
                script.link(),
                script.active(),
                script.allowEventModification(),
                script.config(),
                script.onFetchError(),
                OptionalLong.empty(),
                script.timeoutMillis(),
                script.memoryMegabytes(),
                script.isolation(),
                true,
                script.outbound(),
 script.release());
    }

    @Test
    void what_it_prints_goes_to_the_log_and_is_kept_with_its_run() {
        room.create(stored(A, "print hello\nreturn ok"));
        room.run(A);
        room.scripts.run(A, room.open(), Caller.ANONYMOUS, new LinkedHashMap<>(), false);
        assertThat(room.seen(Observation.ScriptPrinted.class))
                .containsExactly(new Observation.ScriptPrinted(A.toString(), "log", "hello"));
        assertThat(room.scripts.log(A)).hasSize(2).first().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo("ok");
            assertThat(report.version()).isEqualTo(1);
            assertThat(report.console()).hasSize(1);
        });
    }

    @Test
    void runs_and_errors_are_counted_with_their_durations() {
        room.create(stored(A, "return ok"));
        for (int i = 0; i < 60; i++) {
            room.run(A);
        }
        room.update(stored(A, "throw 500 no"));
        room.run(A);
        assertThat(room.status(A).figures()).isEqualTo(new RunStats.Figures(61, 1, 7, 7));
        assertThat(room.scripts.log(A))
                .hasSize(50)
                .first()
                .satisfies(report -> assertThat(report.outcome()).isEqualTo("threw: no (tiny line 1, column 1)"));
    }

    @Test
    void a_script_that_runs_often_has_one_line_a_second_with_a_count() {
        room.create(stored(A, "return ok"));
        for (int i = 0; i < 1000; i++) {
            room.run(A);
        }
        assertThat(unlogged()).containsExactly(0);
        room.time.pass(Duration.ofSeconds(1));
        assertThat(unlogged()).containsExactly(0, 998);
        room.run(A);
        room.time.pass(Duration.ofSeconds(1));
        assertThat(unlogged()).containsExactly(0, 998, 0);
        room.time.pass(Duration.ofSeconds(1));
        room.run(A);
        assertThat(unlogged()).containsExactly(0, 998, 0, 0);
        assertThat(room.seen(Observation.ScriptRan.class).getFirst().version()).isEqualTo(1);
    }

    private List<Integer> unlogged() {
        return room.seen(Observation.ScriptRan.class).stream()
                .map(Observation.ScriptRan::unlogged)
                .toList();
    }

    @Test
    void calls_of_a_script_answer_and_never_throw() {
        PlatformCalls guarded = new GuardedCalls(stored(A, ""), request -> {
            throw new AssertionError("not to be made");
        });
        PlatformCalls.Answer answer =
                guarded.call(new PlatformCalls.Request("POST", "system/role", null, Map.of(), Map.of()));
        assertThat(answer.status()).isEqualTo(403);
    }
}
