package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one run does to its world, the next run of the same program does not see, also not in a context made ahead. */
class JsIsolationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "leak = 1|typeof leak",
                "globalThis.leak = 1|typeof globalThis.leak",
                "var f = () => { this.leak = 1 }; f()|typeof leak",
                "Array.prototype.map = null|typeof Array.prototype.map",
                "Object.prototype.hack = 1|typeof ({}).hack",
                "JSON.parse = () => 'evil'|JSON.parse('1')",
                "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({done: true})|[...[1, 2]].length",
                "Object.getPrototypeOf(function*(){}).prototype.z = 1|typeof (function*(){})().z",
                "Promise.prototype.then = null|typeof Promise.prototype.then",
                "/(secret)/.exec('secret')|RegExp.$1",
                "Error.prototype.message = 'secret'|new Error().message",
                "String.prototype.trim = () => 'evil'|' a '.trim()",
                "Math.random = () => 4|Math.random() < 1",
                "Date.now = () => 0|Date.now() > 0",
                "console.log = () => {}; console.leak = 1|typeof console.leak",
                "setTimeout = null|typeof setTimeout",
                "setTimeout.leak = 1; event.setResponse.leak = 1; platform.api.leak = 1|typeof setTimeout.leak + typeof event.setResponse.leak + typeof platform.api.leak",
                "platform.session.leak = 1; platform.leak = 1|typeof platform.session.leak + typeof platform.leak",
                "Symbol.for('x').constructor.prototype.leak = 1|typeof Symbol.for('x').leak",
                "event.request.__proto__.leak = 1|typeof event.request.leak",
                "(function f() { f.calls = (f.calls ?? 0) + 1; event.calls = f.calls })()|typeof event.calls",
                "const tag = (s) => s; const once = () => tag`a`; once().raw; globalThis.t = once()|typeof t",
                "setTimeout(() => { leak = 1 }, 1)|typeof leak",
                "Promise.resolve().then(() => { leak = 1 })|typeof leak",
                "Object.freeze(Array.prototype); Object.freeze(globalThis)|Object.isFrozen(Array.prototype)",
                "Function.prototype.call = null; Reflect.apply = null|typeof Function.prototype.call + typeof Reflect.apply",
                "Intl.leak = 1; new Intl.NumberFormat().constructor.prototype.leak = 1|typeof Intl.leak",
                "eval('var leak = 1'); (0, eval)('var leak2 = 1')|typeof leak2",
                "throw new Error(leak = 'x')|typeof leak",
            })
    void leavesNoTrace(String attack, String look) {
        String text = "if (event.attack) { " + attack + " } else { return " + look + " }";
        for (int prefab : new int[] {0, 4}) {
            try (JavaScriptEngine engine =
                    new JavaScriptEngine(new JsSettings(1, prefab, 0, 60_000, 16, 1_000, 1 << 20, 1 << 20))) {
                Js js = new Js(engine);
                js.platform.put("session", new LinkedHashMap<>());
                try (Program program = js.program(text)) {
                    Object before = look(js, program);
                    for (int i = 0; i < 3; i++) {
                        js.event = new LinkedHashMap<>(Map.of("attack", true, "request", new LinkedHashMap<>()));
                        js.run(program);
                        assertThat(look(js, program)).isEqualTo(before);
                    }
                }
            }
        }
    }

    private static Object look(Js js, Program program) {
        js.event = new LinkedHashMap<>(Map.of("request", new LinkedHashMap<>()));
        return Js.completed(js.run(program)).value();
    }

    @Test
    void twoProgramsDoNotSeeEachOther() {
        Js js = new Js();
        js.run("leak = 1; Object.prototype.leak2 = 1; globalThis.fn = () => event");
        assertThat(js.value("return typeof leak + typeof ({}).leak2 + typeof fn"))
                .isEqualTo("undefinedundefinedundefined");
    }
}
