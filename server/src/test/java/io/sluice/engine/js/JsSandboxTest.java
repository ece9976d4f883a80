package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of the server can be reached but what the event, the platform and the console are. */
class JsSandboxTest {
    private final Js js = new Js();

    @BeforeEach
    void data() {
        js.event.put("request", new LinkedHashMap<>(Map.of("method", "GET")));
        js.event.put("list", new ArrayList<>(List.of(1)));
        js.event.put("fixed", Map.of("a", 1));
        js.calls = request -> Js.answer(200, new LinkedHashMap<>(Map.of("a", 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java",
                "Packages",
                "java",
                "javax",
                "com",
                "org",
                "edu",
                "Polyglot",
                "Graal",
                "load",
                "loadWithNewGlobal",
                "quit",
                "exit",
                "readline",
                "readFully",
                "read",
                "importScripts",
                "SharedArrayBuffer",
                "Atomics",
                "WebAssembly",
                "ShadowRealm",
                "Worker",
                "process",
                "Buffer",
                "global",
                "XMLHttpRequest",
                "Debug",
                "$262",
                "Realm",
                "module",
                "exports",
                "__dirname",
                "JavaImporter",
                "JSAdapter",
                "arguments2",
                "host",
                "script"
            })
    void isNotThere(String name) {
        assertThat(js.value("return typeof " + name)).isEqualTo("undefined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java.type('java.lang.System').exit(1)",
                "load('/etc/passwd')",
                "Polyglot.eval('js', '1')",
                "Polyglot.import('x')",
                "return import('/etc/passwd')",
                "return import('./x.mjs')",
                "return import('data:text/javascript,export default 1')",
                "return import('java:System')",
                "require('fs')",
                "require('/etc/passwd')",
                "event.request.getClass().forName('java.lang.Runtime')",
                "event.request.class.name.length",
                "event.getClass()",
                "event.list.getClass()",
                "event.list.stream()",
                "event.list.add(1)",
                "event.request.entrySet()",
                "platform.getClass()",
                "platform.api.get.getClass()",
                "platform.api.get('x').getClass()",
                "console.log.getClass()",
                "setTimeout.getClass()",
                "event.setResponse.constructor('return Java')()",
                "(function(){}).constructor('return Packages')()",
                "event.request.constructor.constructor('return process')()",
                "(async () => {}).constructor('return java')()",
                "new Function('load', 'return load.call(1)')()",
                "eval('Java')",
                "(0, eval)('Polyglot')",
                "event.request.__proto__.constructor.constructor('return Graal')().x",
                "event.request.wait()",
                "event.request.hashCode()",
            })
    void doesNotLeadOut(String text) {
        Run.Outcome.Threw threw = Js.threw(js.run(text));
        assertThat(threw.message()).doesNotContain("java.", "com.oracle", "io.sluice", "org.graalvm", "@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try { event.fixed.a = 2 } catch (e) { return e }",
                "try { event.list[2 ** 31] = 1 } catch (e) { return e }",
                "try { platform.api.get(1) } catch (e) { return e }",
                "const o = {}; o.o = o; try { platform.api.post('x', o) } catch (e) { return e }",
                "try { event.list.getClass() } catch (e) { return e }",
                "try { btoa('€') } catch (e) { return e }",
                "try { atob('%') } catch (e) { return e }",
                "try { require('fs') } catch (e) { return e }",
                "try { (function f() { platform.api.get('x'); f() })() } catch (e) { return e }",
                "try { setTimeout(1) } catch (e) { return e }",
            })
    void errorsAreTheLanguagesOwn(String text) {
        String look = "const e = (() => { " + text
                + " })(); return [e instanceof Error, e.constructor === globalThis[e.name],"
                + " String(e.stack) + Object.getOwnPropertyNames(e)]";
        List<?> seen = (List<?>) js.value(look);
        assertThat(seen.subList(0, 2)).asString().isEqualTo("[true, true]");
        assertThat((String) seen.get(2)).doesNotContain("java.", "com.oracle", "io.sluice", "graalvm");
    }

    @Test
    void timeZoneAndLocaleAreAllThatIsSeenOfTheMachine() {
        assertThat(js.value("return typeof Intl.DateTimeFormat().resolvedOptions().timeZone"))
                .isEqualTo("string");
    }
}
