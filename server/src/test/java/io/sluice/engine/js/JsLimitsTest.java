package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Limits of runs that meet others, hang, or end with the engine; single scripts: {@link JsHostileTest}. Bounds are generous on purpose. */
class JsLimitsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Js js = new Js();

    private void theNextRunWorks() {
        Js next = new Js();
        assertThat(
                        next.value(
                                "let s = 0; for (let i = 0; i < 1000; i++) s += i; return [1, 2, 3].map(x => x * 2).length + s"))
                .isEqualTo(499503);
    }

    @Test
    void otherRunsGoOnMeanwhile() throws Exception {
        js.timeoutMillis = 1_500;
        CompletableFuture<Run> hostile = js.start(js.program("for (;;) { try { while (true) {} } catch {} }"));
        Js other = new Js();
        try (Program program = other.program("return [3, 1, 2].sort()")) {
            for (int i = 0; i < 50; i++) {
                assertThat(Js.completed(other.run(program)).value()).isEqualTo(List.of(1, 2, 3));
            }
        }
        assertThat(Js.stopped(hostile.get(60, TimeUnit.SECONDS)).limit()).isEqualTo(Limit.TIME);
    }

    /** The watchdog may end a run before its thread has entered the context. */
    @Test
    void F32_aRunWhoseTimeIsOverBeforeItBeginsIsStoppedAndTheNextOneWorks() {
        try (JavaScriptEngine engine =
                new JavaScriptEngine(JsSettings.defaults().withSlots(1))) {
            Js late = new Js(engine);
            Program program = late.program("return 1");
            for (int i = 0; i < 200; i++) {
                late.timeoutMillis = i % 3;
                Run.Outcome outcome = late.run(program).outcome();
                assertThat(outcome).isInstanceOfAny(Run.Outcome.Stopped.class, Run.Outcome.Completed.class);
            }
            late.timeoutMillis = 60_000;
            assertThat(Js.completed(late.run(program)).value()).isEqualTo(1);
            program.close();
        }
    }

    /** Its context is looked at after the run, when no limit of the run holds any more. */
    @Test
    void F32_whatAScriptLeavesBehindCannotHoldItsThread() {
        try (JavaScriptEngine engine =
                new JavaScriptEngine(JsSettings.defaults().withSlots(1))) {
            Js hostile = new Js(engine);
            hostile.strict = false;
            Program program =
                    hostile.program("const A = [].constructor.prototype; A.push = () => { for (;;); }; return 1");
            for (int i = 0; i < 5; i++) {
                assertThat(Js.completed(hostile.run(program)).value()).isEqualTo(1);
            }
            program.close();
        }
    }

    @Test
    void manyBombsAtOnceLeaveTheServerAlive() throws Exception {
        js.memoryBytes = 32 * Js.MB;
        List<CompletableFuture<Run>> bombs = new ArrayList<>();
        try (Program program = js.program("const a = []; for (;;) { try { a.push(new Uint8Array(1e6)) } catch {} }")) {
            for (int i = 0; i < 20; i++) {
                bombs.add(js.start(program));
            }
            for (CompletableFuture<Run> bomb : bombs) {
                assertThat(Js.stopped(bomb.get(60, TimeUnit.SECONDS)).limit()).isEqualTo(Limit.MEMORY);
            }
        }
        theNextRunWorks();
    }

    @Test
    void withoutAFreePlaceNothingRuns() throws Exception {
        try (JavaScriptEngine engine =
                new JavaScriptEngine(JsSettings.defaults().withSlots(1))) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Js first = new Js(engine);
            first.calls = request -> {
                inside.countDown();
                await(release);
                return Js.answer(200, null);
            };
            CompletableFuture<Run> holding = first.start(first.program("platform.api.get('x')"));
            await(inside);
            Js second = new Js(engine);
            second.timeoutMillis = 200;
            Program program = second.program("event.ran = true");
            Run run = second.run(program);
            assertThat(Js.stopped(run).limit()).isEqualTo(Limit.BUSY);
            assertThat(Js.stopped(run).message()).contains("1 script thread").contains("200 ms");
            release.countDown();
            Js.completed(holding.get(60, TimeUnit.SECONDS));
            second.timeoutMillis = 60_000;
            second.event = new LinkedHashMap<>();
            Js.completed(second.run(program));
            assertThat(second.event).containsEntry("ran", true);
        }
    }

    @Test
    void aCallThatHangsIsInterruptedAndTheScriptStopped() {
        js.timeoutMillis = 1_500;
        List<String> seen = new ArrayList<>();
        js.calls = request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                seen.add("interrupted");
            }
            return Js.answer(200, null);
        };
        Run run = js.run("for (;;) { try { platform.api.get('x') } catch {} }");
        assertThat(Js.stopped(run).limit()).isEqualTo(Limit.TIME);
        assertThat(run.took()).isLessThan(SOON);
        theNextRunWorks();
        assertThat(seen).contains("interrupted");
    }

    @Test
    void aCallThatIgnoresEverythingDoesNotHoldItsCaller() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        js.timeoutMillis = 1_500;
        js.calls = request -> {
            await(release);
            return Js.answer(200, null);
        };
        Run run = js.run("console.log('before'); platform.api.get('x'); event.after = true");
        assertThat(Js.stopped(run).limit()).isEqualTo(Limit.TIME);
        assertThat(run.console()).hasSize(1);
        release.countDown();
        theNextRunWorks();
        assertThat(js.event).doesNotContainKey("after");
    }

    @Test
    void aThreadThatCannotBeFreedIsReplaced() {
        try (JavaScriptEngine engine =
                new JavaScriptEngine(JsSettings.defaults().withSlots(1))) {
            CountDownLatch release = new CountDownLatch(1);
            Js hanging = new Js(engine);
            hanging.timeoutMillis = 1_000;
            hanging.calls = request -> {
                await(release);
                return Js.answer(200, null);
            };
            for (int i = 0; i < 3; i++) {
                assertThat(Js.stopped(hanging.run("platform.api.get('x')")).limit())
                        .isIn(Limit.TIME, Limit.BUSY);
                if (i == 0) {
                    assertThat(new Js(engine).value("return 1")).isEqualTo(1);
                }
            }
            release.countDown();
            assertThat(new Js(engine).value("return 2")).isEqualTo(2);
        }
    }

    @Test
    void closingEndsWhatRunsAndWhatIsBeingMade() throws Exception {
        for (int i = 0; i < 10; i++) {
            JavaScriptEngine engine =
                    new JavaScriptEngine(new JsSettings(2, 50, 0, 60_000, 16, 1_000, 1 << 20, 1 << 20));
            CountDownLatch inside = new CountDownLatch(1);
            Js endless = new Js(engine);
            endless.calls = request -> {
                inside.countDown();
                return Js.answer(200, null);
            };
            CompletableFuture<Run> running = endless.start(endless.program("platform.api.get('x'); for (;;) {}"));
            CompletableFuture<Run> waiting = endless.start(endless.program("setTimeout(() => {}, 1e9)"));
            inside.await();
            long before = System.nanoTime();
            engine.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            assertThat(Js.threw(running.get(60, TimeUnit.SECONDS)).status()).isEqualTo(503);
            assertThat(waiting.handle((run, e) -> e != null || run.outcome() instanceof Run.Outcome.Threw)
                            .get(60, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void whatIsStoppedLeavesNoScriptObjectsInTheEvent() {
        js.memoryBytes = 32 * Js.MB;
        js.event.put("list", new ArrayList<>(List.of(1)));
        js.run(
                "event.list.push({a: 1}); event.o = {a: 1}; event.n = 5; const a = []; for (;;) a.push(new Uint8Array(1e6))");
        ArrayList<Object> list = new ArrayList<>(List.of(1));
        list.add(null);
        assertThat(js.event).isEqualTo(Map.of("list", list, "n", 5));
    }

    private static void await(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // This one hangs on purpose, whatever is done to it.
            }
        }
    }
}
