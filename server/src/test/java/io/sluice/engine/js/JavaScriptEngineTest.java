package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Printed;
import io.sluice.engine.SourceSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaScriptEngineTest {
    private final Js js = new Js();

    JavaScriptEngineTest() {
        js.event.put("resource", "tag");
        js.event.put("request", new LinkedHashMap<>(Map.of("method", "GET")));
    }

    // ---- languages and compiling

    @Test
    void runsNodejsAndV8js() {
        Engines engines = new Engines(List.of(Js.ENGINE));
        assertThat(engines.language("v8js").orElseThrow().name()).isEqualTo("nodejs");
        assertThat(engines.compile(new SourceSet("a.js", "v8js", "return 1", Map.of())))
                .isInstanceOf(Compilation.Compiled.class);
    }

    @Test
    void refusesATextWithLineColumnAndTheLineItself() {
        Compilation.Refused refused = js.refused("let x = 1;\nlet y = ;\n");
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.column()).isEqualTo(9);
        assertThat(refused.message())
                .contains("let y = ;")
                .doesNotContain("orders.js")
                .doesNotContain("SyntaxError");
    }

    @Test
    void columnsOnTheFirstLineCountFromTheTextsOwnStart() {
        assertThat(js.refused("var = ;").column()).isEqualTo(5);
        assertThat(js.refused("await x; var = ;").column()).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if (event) {", "(", "return `a", "/* comment"})
    void refusesATextThatEndsTooEarly(String text) {
        assertThat(js.refused(text).line()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"}); throw 'ran'; (function(){", "}, function(){ throw 'ran' }(), function(){", "}"})
    void refusesATextThatClosesItsFunction(String text) {
        assertThat(js.refused(text)).isNotNull();
        assertThat(js.refused("await 1;" + text)).isNotNull();
    }

    @Test
    void compilingRunsNothing() {
        assertThat(js.program("while (true) {}")).isNotNull();
    }

    @Test
    void aTextNestedTooDeeplyIsRefused() {
        assertThat(js.refused("return " + "(".repeat(200_000) + ")".repeat(200_000))
                        .message())
                .contains("nested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"return 1 // one", "return 1 /* one */", "'use strict'; return 1", "\n\nreturn 1;\n\n"})
    void aTextIsTheBodyOfAFunction(String text) {
        assertThat(js.value(text)).isEqualTo(1);
    }

    @Test
    void anEmptyTextDoesNothing() {
        assertThat(Js.completed(js.run("")).returned()).isFalse();
    }

    // ---- results

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"undefined|false", "() => 1|false", "null|true", "0|true", "''|true", "false|true"})
    void returnedTellsWhetherAnythingCameBack(String expression, boolean returned) {
        assertThat(Js.completed(js.run("return " + expression)).returned()).isEqualTo(returned);
    }

    @Test
    void resultsAreMapsListsAndScalars() {
        Object value =
                js.value("return {i: 5, l: 5000000000, d: 1.5, big: 2n ** 40n, s: 'x', b: true, n: null, nan: NaN,"
                        + " zero: -0, list: [1, [2], undefined, () => 1], gone: undefined, f() {}, sym: Symbol('x'),"
                        + " when: new Date(0), own: {toJSON() { return 'told' }}}");
        assertThat(String.valueOf(value))
                .isEqualTo("{i=5, l=5000000000, d=1.5, big=1099511627776, s=x, b=true, n=null, nan=null, zero=0,"
                        + " list=[1, [2], null, null], when=1970-01-01T00:00:00.000Z, own=told}");
        assertThat(js.value("return 5")).isInstanceOf(Integer.class);
        assertThat(js.value("return 5000000000")).isInstanceOf(Long.class);
        assertThat(js.value("return 1.5")).isInstanceOf(Double.class);
        assertThat(js.value("return 2n ** 90n + 1n"))
                .isEqualTo(java.math.BigInteger.TWO.pow(90).add(java.math.BigInteger.ONE));
    }

    @Test
    void aLoopInTheResultIsAnErrorInPlainWords() {
        assertThat(Js.threw(js.run("const a = {}; a.b = {a}; return a")).message())
                .contains("contains itself");
        assertThat(Js.threw(js.run("event.request.self = event")).message()).contains("contains itself");
        js.event.put("request", new LinkedHashMap<>());
        assertThat(Js.threw(js.run("const o = {}; event.request.o = o; o.up = event.request"))
                        .message())
                .contains("contains itself");
    }

    @Test
    void aResultThatWouldBeHugeWhenWrittenIsStopped() {
        Run run = js.run("let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return a");
        assertThat(Js.stopped(run).limit()).isEqualTo(Run.Limit.OUTPUT);
        run = js.run("event.a = ['x']; for (let i = 0; i < 40; i++) event.a = [event.a, event.a]; return 1");
        assertThat(Js.stopped(run).limit()).isEqualTo(Run.Limit.OUTPUT);
    }

    @Test
    void aResultNestedTooDeeplyIsAnError() {
        assertThat(Js.threw(js.run("let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a"))
                        .message())
                .contains("nested deeper");
    }

    // ---- event and platform

    @Test
    void editsReachTheEventInPlace() {
        js.event.put("rows", new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("price", 2, "qty", 3)))));
        js.run(
                "for (const r of event.rows) r.total = r.price * r.qty; event.request.method = 'PUT'; delete event.resource");
        assertThat(js.event.get("rows"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .first()
                .isEqualTo(Map.of("price", 2, "qty", 3, "total", 6));
        assertThat(js.event).containsEntry("request", Map.of("method", "PUT")).doesNotContainKey("resource");
    }

    @Test
    void keysOfEventAndPlatformAreVisible() {
        js.platform.put("session", Map.of("user", Map.of("id", 1)));
        assertThat(js.value("return Object.keys(event)"))
                .isEqualTo(List.of("resource", "request", "setResponse", "setRequest", "setReturn"));
        assertThat(js.value("return Object.keys(platform).sort().join()")).isEqualTo("api,config,session,store");
        assertThat(js.value("return Object.keys(platform.api).join()")).isEqualTo("get,post,put,patch,delete,call");
    }

    @Test
    void functionsNeverGetIntoTheEvent() {
        assertThat(js.value("return event")).isEqualTo(Map.of("resource", "tag", "request", Map.of("method", "GET")));
        assertThat(js.value("return JSON.parse(JSON.stringify(event))")).isEqualTo(js.event);
        assertThat(js.event).containsOnlyKeys("resource", "request");
    }

    @Test
    void theEventIsAlsoUnderscoreEvent() {
        assertThat(js.value("event._event.a = 1; _event.b = 2; return _event === event && event._event === event"))
                .isEqualTo(true);
        assertThat(js.event).containsEntry("a", 1).containsEntry("b", 2).doesNotContainKey("_event");
    }

    @Test
    void setResponseMakesOrEditsTheResponse() {
        js.run("event.setResponse({a: 1})");
        assertThat(js.event.get("response"))
                .isEqualTo(Map.of("content", Map.of("a", 1), "status_code", 200, "content_type", "application/json"));
        js.run("event.setResponse('x', 418, 'text/plain')");
        assertThat(js.event.get("response"))
                .isEqualTo(Map.of("content", "x", "status_code", 418, "content_type", "text/plain"));
    }

    @Test
    void setRequestReplacesTheRequest() {
        js.run("event.setRequest({method: 'POST'}); event.setRequest()");
        assertThat(js.event.get("request")).isEqualTo(Map.of("method", "POST"));
    }

    @Test
    void setReturnReturns() {
        assertThat(js.value("event.setReturn({a: 1})")).isEqualTo(Map.of("a", 1));
        assertThat(js.value("setTimeout(() => event.setReturn(2), 1); return 1"))
                .isEqualTo(2);
    }

    @Test
    void platformDataCanBeChangedByTheRunOnly() {
        Map<String, Object> session = Map.of("user", Map.of("name", "Ann"), "roles", List.of("a"));
        js.platform.put("session", session);
        assertThat(js.value("platform.session.user.name = 'Bob'; platform.session.roles.push('b'); platform.x = 1;"
                        + " return platform.session.user.name + platform.session.roles.length"))
                .isEqualTo("Bob2");
        assertThat(js.platform).isEqualTo(Map.of("session", session));
    }

    @Test
    void numbersThatJavaScriptCannotHoldStayAsTheyAreUntilTouched() {
        js.event.put("long", 9007199254740993L);
        js.event.put("decimal", new BigDecimal("1.10"));
        assertThat(js.value("return event.long + '/' + event.decimal * 2 + JSON.stringify({l: event.long})"))
                .isEqualTo("9007199254740992/2.2{\"l\":9007199254740992}");
        assertThat(js.event).containsEntry("long", 9007199254740993L).containsEntry("decimal", new BigDecimal("1.10"));
    }

    // ---- errors

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stop node'|500|stop node",
                "new Error('no')|500|no",
                "Object.assign(new Error('no'), {code: 404})|404|no",
                "Object.assign(new Error('no'), {status: '403'})|403|no",
                "Object.assign(new Error('no'), {status_code: 422, code: 500})|422|no",
                "Object.assign(new Error('no'), {code: 200})|500|no",
                "Object.assign(new Error('no'), {code: 'ENOENT'})|500|no",
                "{message: 'plain', code: 409}|409|plain",
            })
    void whatIsThrownSetsStatusAndMessage(String thrown, int status, String message) {
        assertThat(Js.threw(js.run("throw " + thrown)))
                .returns(status, Run.Outcome.Threw::status)
                .returns(message, Run.Outcome.Threw::message);
        assertThat(Js.threw(js.run("await null; throw " + thrown)))
                .returns(status, Run.Outcome.Threw::status)
                .returns(message, Run.Outcome.Threw::message);
    }

    @Test
    void anErrorSaysWhere() {
        assertThat(Js.threw(js.run("const e = {};\nreturn e.x.y;")).where().toString())
                .isEqualTo("orders.js line 2, column 8: return e.x.y;");
        assertThat(Js.threw(js.run("throw 'x'")).where().toString()).isEqualTo("orders.js line 1, column 1: throw 'x'");
        assertThat(Js.threw(js.run("let a;\nsetTimeout(() => {\n  throw new Error('late') }, 1)"))
                        .where()
                        .toString())
                .startsWith("orders.js line 3");
        assertThat(Js.threw(js.run("let a;\nplatform.api.get(5)")).where().toString())
                .startsWith("orders.js line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw undefined",
                "throw null",
                "throw 5",
                "throw Symbol('x')",
                "throw {}",
                "throw () => 1",
                "throw {get message() { throw 1 }}",
                "throw {get code() { null.x }}",
                "throw new Proxy({}, {get() { throw 7 }})"
            })
    void anythingCanBeThrown(String text) {
        assertThat(Js.threw(js.run(text)).status()).isEqualTo(500);
    }

    @Test
    void whatFailsLeavesNoScriptObjectsInTheEvent() {
        js.run("event.a = 1; event.o = {x: 1}; event.list = [1]; event.request.f = () => 1; throw 'x'");
        assertThat(js.event).containsEntry("a", 1).doesNotContainKeys("o", "list");
        assertThat(js.event.get("request")).isEqualTo(Map.of("method", "GET"));
    }

    // ---- timers and promises

    @Test
    void timersRunInTheOrderOfTheirTimeBeforeTheRunEnds() {
        assertThat(
                        js.value(
                                "const seen = []; setTimeout(() => seen.push('c'), 800); setTimeout(x => seen.push(x), 5, 'b');"
                                        + "setImmediate(() => seen.push('a')); queueMicrotask(() => seen.push('m')); event.seen = seen;"
                                        + "const gone = setTimeout(() => seen.push('never'), 1); clearTimeout(gone); return seen"))
                .isEqualTo(List.of("m", "a", "b", "c"));
        assertThat(js.event.get("seen")).isEqualTo(List.of("m", "a", "b", "c"));
    }

    @Test
    void anIntervalRunsUntilCleared() {
        js.run("let n = 0; const id = setInterval(() => { event.n = ++n; if (n === 3) clearInterval(id) }, 1)");
        assertThat(js.event).containsEntry("n", 3);
    }

    @Test
    void setResponseInATimerIsHonoured() {
        js.run("setTimeout(function(){ event.setResponse({late:true}, 202); }, 20);");
        assertThat(js.event.get("response"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("status_code", 202)
                .containsEntry("content", Map.of("late", true));
    }

    @Test
    void aReturnedPromiseIsAwaited() {
        assertThat(js.value("return new Promise(done => setTimeout(() => done(5), 5))"))
                .isEqualTo(5);
        assertThat(js.value("return (async () => { await null; return 6 })()")).isEqualTo(6);
    }

    @Test
    void awaitWorksAtTheTopLevel() {
        assertThat(js.value(
                        "const [a, b] = await Promise.all([1, new Promise(d => setTimeout(d, 2, 2))]); return a + b"))
                .isEqualTo(3);
        assertThat(js.value("return await (async () => 4)()")).isEqualTo(4);
        assertThat(js.value("var await = 3; return await")).isEqualTo(3);
    }

    @Test
    void aPromiseThatNeverSettlesReturnsNothing() {
        assertThat(Js.completed(js.run("return new Promise(() => {})")).returned())
                .isFalse();
    }

    @Test
    void aRejectionNobodyHandlesIsAnError() {
        assertThat(Js.threw(js.run("Promise.reject(Object.assign(new Error('lost'), {code: 409}))")))
                .returns(409, Run.Outcome.Threw::status)
                .returns("lost", Run.Outcome.Threw::message);
        assertThat(Js.threw(js.run("Promise.reject('text')")).message()).isEqualTo("text");
        assertThat(Js.completed(js.run("Promise.reject(1).catch(() => {})"))).isNotNull();
    }

    // ---- console

    @Test
    void theConsoleShowsDataAsText() {
        js.event.put("rows", new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("id", 1)))));
        Run run = js.run("console.log('hi', 5, {a: [1, {b: 'x'}]}, event.rows, undefined, null, 7n, function f() {});"
                + "console.error(new Map([['k', 1]]), new Set([1])); const loop = {a: 1}; loop.me = loop; console.warn(loop);"
                + "console.info(); console.debug(Symbol('s')); print('p'); var_dump([1])");
        assertThat(run.console())
                .containsExactly(
                        new Printed(
                                "log", "hi 5 {\"a\":[1,{\"b\":\"x\"}]} [{\"id\":1}] undefined null 7n [Function: f]"),
                        new Printed("error", "{\"k\":1} [1]"),
                        new Printed("warn", "{\"a\":1,\"me\":\"[Circular]\"}"),
                        new Printed("info", ""),
                        new Printed("debug", "Symbol(s)"),
                        new Printed("log", "p"),
                        new Printed("log", "[1]"));
    }

    @Test
    void theConsoleIsCut() {
        Run run = js.run("for (let i = 0; i < 100000; i++) console.log('line ' + i); return 1");
        assertThat(run.console().stream().mapToInt(line -> line.text().length()).sum())
                .isLessThan(Console.MAX_CHARACTERS + 200);
        assertThat(run.console().getLast().text()).contains("cut");
        assertThat(js.run("console.log('x'.repeat(1e6))").console()).hasSize(2);
    }

    // ---- the rest

    @Test
    void smallGlobalsWork() {
        assertThat(js.value("return atob(btoa('häß')) + btoa('abc')")).isEqualTo("häßYWJj");
        assertThat(js.value("try { btoa('€') } catch (e) { return e instanceof RangeError }"))
                .isEqualTo(true);
        assertThat(js.value("const a = {d: new Date(5), m: new Map([[1, {x: 1}]]), event}; a.me = a;"
                        + "const b = structuredClone({d: a.d, m: a.m, r: event.request}); b.m.get(1).x = 2; b.r.method = 'PUT';"
                        + "return [a.m.get(1).x, b.m.get(1).x, b.d.getTime(), event.request.method]"))
                .isEqualTo(List.of(1, 2, 5, "GET"));
        assertThat(js.value("return new TextDecoder().decode(new TextEncoder().encode('ä'))"))
                .isEqualTo("ä");
        assertThat(js.value("return DSP.platform === platform")).isEqualTo(true);
    }

    @Test
    void aProgramRunsManyTimesAtTheSameTime() throws Exception {
        try (Program program = js.program("event.n = event.request.method + 1; return event.n")) {
            List<java.util.concurrent.CompletableFuture<Run>> runs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                js.event = new LinkedHashMap<>(Map.of("request", new LinkedHashMap<>(Map.of("method", "M" + i))));
                runs.add(js.start(program));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(Js.completed(runs.get(i).get()).value()).isEqualTo("M" + i + "1");
            }
        }
    }

    @Test
    void nothingOfGraalIsLoadedBeforeTheFirstCompile() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Idle.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(lines)
                .anyMatch(line -> line.contains("io.sluice.engine.js.JavaScriptEngine"))
                .noneMatch(line -> line.contains("org.graalvm") || line.contains("com.oracle"));
    }

    /** A server whose scripts never ran. */
    static final class Idle {
        public static void main(String[] arguments) {
            try (Engines engines = new Engines(List.of(new JavaScriptEngine(JsSettings.defaults())))) {
                System.out.println(engines.languages());
            }
        }
    }

    @Test
    void aClosedEngineSaysSo() {
        JavaScriptEngine engine = new JavaScriptEngine(JsSettings.defaults());
        Program program = new Js(engine).program("return 1");
        engine.close();
        assertThatThrownBy(() -> new Js(engine).run(program)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Js(engine).program("return 1")).isInstanceOf(IllegalStateException.class);
    }
}
