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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile scripts: each is ended by its limit, and leaves the engine as it was. Time bounds are generous on purpose. */
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (;;) { try { while (true) {} } catch (e) {} finally {} }",
                "function f() { try { while (true) {} } finally { f() } } f()",
                "/^(a+)+\\1b$/.test('a'.repeat(60))",
                "/(?=(x+x+)+y\\1)./.exec('x'.repeat(60))",
                "const a = Array.from({length: 50000}, (_, i) => i); for (;;) a.sort((p, q) => q - p)",
                "[1, 2].sort(() => { while (true) {} })",
                "await null; while (true) {}",
                "await new Promise(done => setTimeout(done, 1)); for (;;) { try { while (true) {} } catch {} }",
                "(async function f() { await null; f() })()",
                "function spin() { Promise.resolve().then(spin) } spin()",
                "setInterval(() => {}, 1)",
                "setTimeout(() => {}, 1e9)",
                "return {toJSON() { while (true) {} }}",
                "return {get x() { while (true) {} }}",
                "event.x = {get y() { for (;;) { try { while (true) {} } catch {} } }}",
                "return new Proxy({}, {ownKeys() { while (true) {} }})",
                "throw {get message() { while (true) {} }}",
                "console.log({toJSON() { while (true) {} }})",
                "for (;;) console.log('x')",
                "function* g() { while (true) yield 1 } for (const x of g()) ;",
                "new Function('while (true) {}')()",
                "eval('for (;;) {}')",
                "JSON.parse('[1]', () => { while (true) {} })",
                "'x'.replace(/x/, () => { while (true) {} })",
                "for (;;) { try { (function f() { f() })() } catch {} }",
                "event.list = []; for (;;) { event.list.push(1); event.list.length = 0 }",
                "for (;;) Object.keys(event)",
            })
    void isStoppedByItsTime(String text) {
        js.timeoutMillis = 300;
        js.memoryBytes = 100_000 * Js.MB;
        Run run = js.run(text);
        assertThat(Js.stopped(run).limit()).isEqualTo(Limit.TIME);
        assertThat(Js.stopped(run).message()).contains("300 ms").contains("timeout_ms");
        assertThat(run.took()).isLessThan(SOON);
        theNextRunWorks();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const a = []; while (true) a.push(new Array(1000).fill(7))",
                "const a = []; for (;;) { try { a.push({x: a.length}) } catch {} }",
                "let s = 'ab'; const all = []; for (;;) { all.push(s + all.length) }",
                "const m = new Map(); for (let i = 0; ; i++) m.set(i, {i})",
                "const all = []; for (;;) all.push(new Uint8Array(100000))",
                "new Array(1e9).fill(1)",
                "Array.from({length: 1e9}, (_, i) => ({i}))",
                "event.list = []; for (;;) event.list.push({a: 1})",
                "for (;;) event['k' + Math.random()] = 'v'",
                "const all = []; for (;;) all.push('x'.repeat(100000).split(''))",
                "const all = []; for (;;) all.push(() => all)",
                "let o = {}; for (;;) o = {o, p: [1, 2, 3]}",
                "function* g() { for (;;) yield {} } Array.from(g())",
                "const all = []; for (let i = 0; ; i++) all.push(10n ** BigInt(1000 + i))",
                "for (;;) structuredClone({a: [1, 2, {b: 3}]})",
                "for (;;) setTimeout(() => {}, 1000)",
                "for (;;) new Promise(() => {})",
            })
    void isStoppedByItsMemory(String text) {
        js.memoryBytes = 32 * Js.MB;
        Run run = js.run(text);
        assertThat(Js.stopped(run).limit()).isEqualTo(Limit.MEMORY);
        assertThat(Js.stopped(run).message()).contains("32 MB").contains("memory_mb");
        assertThat(run.took()).isLessThan(SOON);
        theNextRunWorks();
    }

    /** One built-in call, done between two looks of the watchdog: refused by the language, or stopped, never granted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "return 'x'.repeat(512 * 1024 * 1024).length",
                "let s = 'xxxxxxxxxx'; while (s.length < 512e6) s += s; return s.length",
                "return 'x'.padEnd(512e6).length",
                "return new Array(600e6).join('x').length",
                "return ['x'.repeat(16e6), 'x'.repeat(16e6)].join('').length",
                "return new ArrayBuffer(512e6).byteLength",
                "return new Uint8Array(512e6).length",
                "return new Float64Array(100e6).length",
                "return new BigUint64Array(2 ** 30).length",
                "return new ArrayBuffer(8, {maxByteLength: 2 ** 31 - 8}).resize(2 ** 30)",
                "return Array.apply(null, {length: 100e6}).length",
                "return Math.max(...new Array(100e6))",
                "return 'x'.repeat(1e7).replace(/x/g, 'y'.repeat(1000)).length",
                "return JSON.stringify(new Array(5e6).fill('x'.repeat(1000))).length",
            })
    void aSingleHugeAllocationIsNotGranted(String text) {
        Run run = js.run(text);
        assertThat(run.outcome()).isNotInstanceOf(Run.Outcome.Completed.class);
        assertThat(run.took()).isLessThan(SOON);
        theNextRunWorks();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(function f(n) { return f(n + 1) + 1 })(0)",
                "const o = {get a() { return this.a }}; return o.a",
                "class A { toString() { return `${this}` } } return '' + new A()",
                "event.f = () => event.f(); event.f()",
                "function f() { return [1].map(f) } f()",
                "const p = new Proxy({}, {get(t, k, r) { return r[k] }}); return p.x",
                "async function f() { return await f() } return f()",
            })
    void deepRecursionIsAnErrorThatTheScriptCanCatch(String text) {
        assertThat(Js.threw(js.run(text)).message()).contains("call stack");
        theNextRunWorks();
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
