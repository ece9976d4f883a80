package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What imports never reach, and where loading of files ends. */
final class ModuleBoundsTest {
    private final Folder folder = new Folder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/x.js",
                "file:///etc/passwd",
                "/etc/passwd",
                "../../../../../../etc/passwd",
                "fs",
                "node:fs",
                "./nope",
                "nope",
                "..",
                "",
                "(library)/lodash",
                "/(library)/x",
                "a\\\\b",
                "data:text/javascript,export default 1",
                "\\0",
                "\\0a.js/../../x",
            })
    void aComputedImportFindsOnlyWhatTheVersionHas(String name) {
        folder.has(
                        "a.js",
                        "const n = '" + name + "'; const seen = [];\n"
                                + "try { require(n); seen.push('required') } catch (e) { seen.push(e instanceof Error, String(e.stack)) }\n"
                                + "try { await import(n); seen.push('imported') } catch (e) { seen.push(e instanceof Error, String(e.stack)) }\n"
                                + "return [await import('./b.js') && 1, seen]")
                .has("b.js", "export {}");
        List<?> seen = (List<?>) ((List<?>) folder.value("a.js")).get(1);
        assertThat(seen).hasSize(4);
        assertThat(List.of(seen.get(0), seen.get(2))).isEqualTo(List.of(true, true));
        assertThat(seen.toString()).doesNotContain("java.", "com.oracle", "io.sluice", "graalvm", "root:");
    }

    @Test
    void modulesReachNoMoreThanOtherScripts() {
        folder.has("a.js", """
                import './b.js';
                export default () => ['Java', 'Polyglot', 'Graal', 'load', 'print2', 'process', 'read', 'loadWithNewGlobal']
                  .filter((name) => { try { return (0, eval)('typeof ' + name) !== 'undefined' } catch { return false } });
                """).has("b.js", "export {}");
        assertThat(folder.value("a.js")).isEqualTo(List.of());
    }

    @Test
    void chainsAndCrowdsOfFilesAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            folder.has("f" + i + ".js", "import './f" + (i + 1) + ".js'; export {}");
        }
        assertThat(folder.refused("f0.js")).contains("more than 200 files");
        assertThat(folder.looked).hasSizeLessThan(250);
        folder.has("big.js", "require('./x1'); require('./x2')")
                .has("x1.js", "/" + "*".repeat(3 << 20) + "/")
                .has("x2.js", "/" + "*".repeat(3 << 20) + "/");
        assertThat(folder.refused("big.js")).contains("larger than 5 MB");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            many.append("require('p").append(i).append("');");
        }
        folder.has("many.js", many.toString());
        assertThat(folder.refused("many.js")).contains("looked for");
        assertThat(folder.looked).hasSizeLessThan(2600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"while (true) {}", "const a = []; while (true) a.push(new Array(1000).fill(7))"})
    void limitsHoldWhileFilesAreLoaded(String text) {
        folder.js.timeoutMillis = 2000;
        folder.js.memoryBytes = 64 * Js.MB;
        folder.has("a.js", "import './b.js'; export default () => 1").has("b.js", text + "\nexport {}");
        Js.stopped(folder.run("a.js"));
        folder.js.timeoutMillis = 2000;
        folder.has("c.js", "require('./d')").has("d.js", text);
        Js.stopped(folder.run("c.js"));
        folder.js.timeoutMillis = 60_000;
        assertThat(folder.js.value("return 1")).isEqualTo(1);
    }
}
