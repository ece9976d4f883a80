package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.Compilation;
import io.sluice.engine.Engines;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Printed;
import io.sluice.engine.SourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts compile, the console, and the engine around many runs. */
class JavaScriptEngineTest {
    private final Js js = Js.withEvent();

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
