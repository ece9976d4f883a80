package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Valid scripts come to the same in a hardened context as in a new one: {@code same.txt}, and families of scripts made by
 * putting expressions into frames. Compared is all that a caller can see: outcome, event, console, calls.
 */
class JsSameResultTest {
    /** Where an expression can stand. */
    private static final List<String> FRAMES = List.of(
            "return %s",
            "'use strict'; return (() => { const v = %s; return v })()",
            "event.response.content.resource.forEach(row => { row.made = %s })",
            "class A { m(v = %s) { return [v] } } return new A().m()",
            "try { throw {code: 400, message: String(%s)} } finally { event.last = 1 }",
            "const v = await (async () => %s)(); console.log(v); event.request.payload.v = v");

    private static final List<String> EXPRESSIONS = List.of(
            "[3, 1, 2].sort().map(x => x * 2).join('-')",
            "Object.entries({b: 1, a: [2]}).flat()",
            "JSON.stringify({d: new Date(86400000), n: null, u: undefined})",
            "'a1b22'.replace(/\\d+/g, d => '<' + d + '>')",
            "new Date(Date.UTC(2020, 1, 30)).toISOString()",
            "[...new Set([1, 1, 2])].concat([[3]], 4)",
            "((a, {b = 2, ...c} = {}, ...d) => [a, b, c, d])(1, {x: 1}, 3)",
            "[...(function* () { yield* [1, 2]; return 3 })()]",
            "Array.from(new Map([['a', 1]]), ([k, v]) => k + v)",
            "(() => { const e = new Error('m'); e.name = 'N'; e.message += '!'; return String(e) })()",
            "(() => { class E extends TypeError { constructor() { super('q'); this.name = 'E' } } return new E().toString() })()",
            "(() => { const o = {}; o.toString = () => 't'; o.valueOf = () => 2; return `${o}${o + 1}` })()",
            "(() => { const a = [1]; a.constructor = 'c'; a.join = () => 'j'; return [a.constructor, `${a}`] })()",
            "(() => { function f() {} f.call = 1; f.name2 = f.name; return [f.call, f.name2, typeof f.apply] })()",
            "new Intl.NumberFormat('en', {minimumFractionDigits: 2}).format(1234.5)",
            "[typeof implicit, implicit = 1, typeof implicit, delete globalThis.implicit]",
            "Object.prototype.toString.call(/x/) + Object.prototype.hasOwnProperty.call({a: 1}, 'a')",
            "['b', 'a'].toSorted().at(0) + 'x'.padStart(3).trim() + Math.max(...[1, 5])");

    static Stream<String> scripts() {
        Stream<String> made = FRAMES.stream()
                .flatMap(frame -> EXPRESSIONS.stream().map(expression -> frame.replace("%s", expression)));
        return Stream.concat(Hardening.lines("same.txt").stream(), made);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void comesToTheSame(String text) {
        try (JsProgram program = Hardening.program(text)) {
            String fresh = seen(program, true);
            assertThat(seen(program, true)).as("the script itself is steady").isEqualTo(fresh);
            Hardening.harden(program, () -> seen(program, false));
            for (int i = 0; i < 3; i++) {
                assertThat(program.hardenedReady()).as("hardened").isPositive();
                assertThat(seen(program, false)).isEqualTo(fresh);
                Hardening.settled(program);
            }
        }
    }

    private static String seen(JsProgram program, boolean strict) {
        Js js = new Js();
        js.strict = strict;
        js.event = event();
        js.platform.put("session", new LinkedHashMap<>(Map.of("user", Map.of("id", 7))));
        js.calls = request -> Js.answer(200, new LinkedHashMap<>(Map.of("a", request.method())));
        Run run = js.run(program);
        return run.outcome() + "\n" + js.event + "\n" + run.console() + "\n" + js.requests;
    }

    private static Map<String, Object> event() {
        RowShape shape = RowShape.of(List.of("id", "name", "price", "qty", "tags"));
        List<Object> rows = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            rows.add(new Row(shape, new Object[] {i, "name " + i, i * 1.5, 5 - i, i == 3 ? List.of("x") : List.of()}));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("page", "2");
        parameters.put("filter", "a=1");
        event.put(
                "request",
                map("method", "GET", "parameters", parameters, "payload", new LinkedHashMap<>(Map.of("k", 1))));
        event.put("response", map("status_code", 200, "content", new LinkedHashMap<>(Map.of("resource", rows))));
        event.put("list", new ArrayList<>(List.of(1, 2, 3)));
        event.put("n", 1);
        return event;
    }

    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    @Test
    void theCorpusIsThere() {
        assertThat(scripts()).hasSizeGreaterThanOrEqualTo(300);
    }

    /** The others are forced; this is what happens by itself. */
    @Test
    void mostOfThemAreHardenedByTheirText() {
        assertThat(scripts()
                        .filter(text -> Hardenable.looks(Hardening.source(text)))
                        .count())
                .isGreaterThan(scripts().count() * 8 / 10);
    }
}
