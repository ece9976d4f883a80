package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import io.sluice.engine.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that import: modules of the language and {@code require}. */
final class ModulesTest {
    private final Folder folder = new Folder();

    @Test
    void aModuleImportsFilesBesideIt() {
        folder.has("sales/orders.js", """
                import tax, { rate as r } from './lib/tax.js';
                import * as all from '../shared/round';
                export default function (event, platform) {
                  event.n = all.cents(tax(event.n));
                  return { rate: r, n: event.n, same: platform === DSP.platform };
                }
                """)
                .has(
                        "sales/lib/tax.js",
                        "import { half } from './half.mjs'; export const rate = half(0.4);\n"
                                + "export default (n) => n * (1 + rate);")
                .has("sales/lib/half.mjs", "export function half(n) { return n / 2 }")
                .has("shared/round/index.js", "export const cents = (n) => Math.round(n * 100) / 100;");
        folder.js.event = new LinkedHashMap<>(Map.of("n", 10.005));
        assertThat(folder.value("sales/orders.js")).isEqualTo(Map.of("rate", 0.2, "n", 12.01, "same", true));
        assertThat(folder.gathered("sales/orders.js").siblings())
                .containsOnlyKeys("sales/lib/tax.js", "sales/lib/half.mjs", "shared/round/index.js");
    }

    @Test
    void aScriptThatIsAFunctionBodyRequiresFilesBesideIt() {
        folder.has("orders.js", """
                const { tax } = require('./lib');
                const names = require('./names.json');
                return names.list.map(tax).concat(require('./lib') === require('./lib/index.js'), module_ok());
                function module_ok() { return require('./lib/self').id; }
                """)
                .has("lib/index.js", "exports.tax = (n) => n + require('../lib/rate').rate;")
                .has("lib/rate.cjs", "module.exports = { rate: 1 };")
                .has("lib/self.js", "module.exports = { id: module.id + ' ' + __dirname + ' ' + (this === exports) };")
                .has("names.json", "{\"list\": [1, 2]}");
        assertThat(folder.value("orders.js")).isEqualTo(List.of(2, 3, true, "lib/self.js /lib true"));
    }

    @Test
    void bothKindsMeet() {
        folder.has("a.js", """
                import common, { one } from './common.js';
                import data from './data.json' with { type: 'json' };
                import _ from 'lodash';
                export default async () => [common.one, one, data.x, _.sum([1, 2]), (await import('./late')).late];
                """)
                .has("common.js", "exports.one = 1; exports.fromModule = require('./module.mjs').two;")
                .has("module.mjs", "export const two = 2;")
                .has("late.js", "import c from './common'; export const late = c.fromModule;")
                .has("data.json", "{\"x\": 7}");
        assertThat(folder.value("a.js")).isEqualTo(List.of(1, 1, 7, 3, 2));
        folder.has("b.js", "const m = await import('./common.js'); return m.one + require('./module.mjs').two");
        assertThat(folder.value("b.js")).isEqualTo(3);
    }

    @Test
    void withoutADefaultFunctionTheModuleItselfIsTheScript() {
        folder.has("a.mjs", "import { add } from './b.js'; event.n = add(event.n); export {};")
                .has("b.js", "export const add = (n) => n + 1;");
        folder.js.event = new LinkedHashMap<>(Map.of("n", 1));
        assertThat(folder.value("a.mjs")).isNull();
        assertThat(folder.js.event).containsEntry("n", 2);
        folder.has("c.js", "export default { status: await Promise.resolve('ok') }");
        assertThat(folder.value("c.js")).isEqualTo(Map.of("status", "ok"));
    }

    @Test
    void timersAndPromisesWorkInModules() {
        folder.has("a.js", """
                import { later } from './b.js';
                const first = await later(1);
                export default async (event) => {
                  const [second, third] = await Promise.all([later(2), later(3)]);
                  setTimeout(() => event.setReturn([first, second, third, event.n]), 1);
                };
                """)
                .has(
                        "b.js",
                        "export const ready = await Promise.resolve(true);\n"
                                + "export const later = (n) => new Promise((done) => setTimeout(() => done(n), 1));");
        folder.js.event = new LinkedHashMap<>(Map.of("n", 4));
        assertThat(folder.value("a.js")).isEqualTo(List.of(1, 2, 3, 4));
    }

    @Test
    void circlesAreAsInTheLanguage() {
        folder.has("a.js", "import { b } from './b.js'; export const a = () => 'a'; export default () => b() + a();")
                .has("b.js", "import { a } from './a.js'; export const b = () => 'b' + a();");
        assertThat(folder.value("a.js")).isEqualTo("baa");
        folder.has("c.js", "return require('./d').say()")
                .has("d.js", "exports.early = 1; const e = require('./e'); exports.say = () => e.seen;")
                .has("e.js", "exports.seen = Object.keys(require('./d'));");
        assertThat(folder.value("c.js")).isEqualTo(List.of("early"));
    }

    @Test
    void noRunSeesTheModulesOfAnother() {
        folder.has("a.js", "import { next } from './n.js'; export default () => next() + require('./m').next();")
                .has("n.js", "let n = 0; export const next = () => ++n;")
                .has("m.js", "let n = 0; exports.next = () => ++n;");
        try (Program program = folder.program("a.js")) {
            for (int i = 0; i < 3; i++) {
                assertThat(Js.completed(folder.js.run(program)).value()).isEqualTo(2);
            }
        }
    }

    @Test
    void errorsTellTheFileLineAndColumn() {
        folder.has("a.js", "import { f } from './lib/x.js';\nexport default (event) => f(event);")
                .has("lib/x.js", "export function f(e) {\n  const z = 1;\n    return e.missing.y;\n}")
                .has("b.js", "return require('./lib/c').f({})")
                .has("lib/c.js", "exports.f = (e) => e.missing.y;")
                .has("d.js", "import './lib/top.js';\nexport {};")
                .has("lib/top.js", "\n  throw Object.assign(new Error('no'), { status: 418 });\nexport {}");
        assertThat(Js.threw(folder.run("a.js")).where()).hasToString("lib/x.js line 3, column 12: return e.missing.y;");
        assertThat(Js.threw(folder.run("b.js")).where())
                .hasToString("lib/c.js line 1, column 20: exports.f = (e) => e.missing.y;");
        Run.Outcome.Threw top = Js.threw(folder.run("d.js"));
        assertThat(top.where()).asString().startsWith("lib/top.js line 2, column ");
        assertThat(top.status()).isEqualTo(418);
        folder.has("e.js", "export default (event) => {\n  event.x.y = 1;\n}");
        assertThat(Js.threw(folder.run("e.js")).where()).hasToString("e.js line 2, column 3: event.x.y = 1;");
    }

    @Test
    void whatIsWrongInAFileIsToldBeforeItRuns() {
        folder.has("a.js", "import './lib/x.js'; export {}").has("lib/x.js", "export const a = 1;\nlet b = ;");
        assertThat(folder.uncompilable("a.js"))
                .startsWith("lib/x.js line 2, column 9: ")
                .endsWith(": let b = ;");
        folder.has("b.js", "return require('./lib/c')").has("lib/c.js", "let d = ;");
        assertThat(folder.uncompilable("b.js")).startsWith("lib/c.js line 1, column 9: ");
        folder.has("c.js", "// one\nimport { nope } from './lib/ok.js'; export {}")
                .has("lib/ok.js", "export const a = 1");
        assertThat(folder.uncompilable("c.js"))
                .startsWith("line 2, column 22: ")
                .contains("'./lib/ok.js'", "nope");
        folder.has("d.js", "import x from './d.json'; export {}").has("d.json", "{}");
        assertThat(folder.uncompilable("d.js")).contains("which is JSON: add with { type: 'json' }");
        folder.has("e.js", "import { readFile } from 'fs'; export {}");
        assertThat(folder.uncompilable("e.js")).contains("'fs', a module of Node.js", "platform.api");
        folder.has("f.js", "import axios from 'axios'; export {}");
        assertThat(folder.uncompilable("f.js")).contains("'axios'", "node_modules");
        folder.has("g.js", "import './lib/x.js'; return 1");
        folder.has("lib/x.js", "export {}");
        assertThat(folder.uncompilable("g.js")).startsWith("line 1, column 22: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import './lib/x.js'; | line 1 imports './lib/x.js', which is not there: there is no lib/x.js",
                "return require('./y') | line 1 imports './y', which is not there: there is no y.js",
                "const y = await import('./y.js') | imports './y.js'",
                "export * from '../../etc/passwd' | leads out of the repository",
                "require('../../../../etc/passwd') | leads out of the repository",
                "import '/etc/passwd' | which is an absolute path",
                "require('/etc/passwd') | which is an absolute path",
                "require('..\\\\x') | which is an absolute path",
                "import x from 'http://evil.example/x.js' | which is an address",
                "import x from 'https://evil.example/x.js' | which is an address",
                "require('file:///etc/passwd') | which is an address",
                "import 'data:text/javascript,1' | which is an address",
            })
    void whatIsNotThereIsNoVersion(String text, String words) {
        folder.has("a.js", "/* './b' */ " + text);
        assertThat(folder.refused("a.js")).startsWith("a.js line 1 imports ").contains(words);
    }

    @Test
    void whatATryDoesWithoutMayBeMissing() {
        folder.has("a.js", "let x = 0; try { x = require('./local') } catch (e) { x = e.code } return x");
        assertThat(folder.value("a.js")).isEqualTo("MODULE_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// import './nope.js'\nreturn 1",
                "/* require('./nope') */ return 1",
                "const s = \"require('./nope')\"; return 1",
                "const t = `require('./nope') ${ `import './nope'` } ${1}`; return 1",
                "const r = /require('.\\/nope')/; return 1",
                "const r = 4 / 2; const s = \"/\"; if (r) /'/.test(s); return r / 2",
                "const o = { import: 1, require: 2 }; return o.import",
                "function require2(x) { return 1 } return require2('./nope')",
                "return (function (require) { return require('./nope') })(() => 1)",
                "const a = { b: 1 } / 2, c = 'require(\\'./nope\\')'; return 1",
            })
    void whatOnlyLooksLikeAnImportIsNone(String text) {
        folder.has("a.js", text);
        assertThat(folder.gathered("a.js").siblings()).isEmpty();
        assertThat(folder.value("a.js")).isEqualTo(1);
    }

    @Test
    void importsInsideTemplatesCount() {
        folder.has("a.js", "return `${ require('./b') }${ /}/.test('}') ? require('./c') : '' }`")
                .has("b.js", "module.exports = 1")
                .has("c.js", "module.exports = 2");
        assertThat(folder.value("a.js")).isEqualTo("12");
    }

    @Test
    void aScriptWithoutImportsLooksAtNoFile() {
        folder.has("a.js", "return event.n");
        assertThat(folder.gathered("a.js").siblings()).isEmpty();
        assertThat(folder.looked).isEmpty();
    }

    @Test
    void aStoredTextMayBeAModuleButHasNothingBesideIt() {
        Js js = new Js();
        assertThat(js.value("import _ from 'lodash'; export default (event) => _.last([1, 2])"))
                .isEqualTo(2);
        assertThat(js.refused("import './x.js'; export {}").where()).contains("nothing lies beside a stored script");
        assertThat(Js.threw(js.run("return require('./x')")).message()).contains("nothing lies beside a stored script");
        assertThat(Js.threw(js.run("return (await import('./x')).y")).message()).contains("nothing lies beside");
    }

    @Test
    void aFileThatThrewIsTriedAgain() {
        folder.has(
                        "a.js",
                        "globalThis.n = 0; const seen = [];\n"
                                + "for (let i = 0; i < 3; i++) try { seen.push(require('./b')) } catch (e) { seen.push(e.message) }\n"
                                + "return seen")
                .has("b.js", "if (++globalThis.n < 2) throw new Error('not yet'); module.exports = globalThis.n;");
        assertThat(folder.value("a.js")).isEqualTo(List.of("not yet", 2, 2));
    }

    @Test
    void jsonThatIsNoneIsToldWithItsName() {
        folder.has("a.js", "return require('./lib/data.json')").has("lib/data.json", "{\"a\": 1,\n x}");
        assertThat(folder.uncompilable("a.js"))
                .startsWith("lib/data.json line 2, column ")
                .contains("not JSON");
    }
}
