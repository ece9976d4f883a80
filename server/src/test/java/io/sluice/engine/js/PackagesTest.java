package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages in {@code node_modules}, modules of Node.js, and the libraries that come with the server. */
final class PackagesTest {
    private final Folder folder = new Folder();

    @Test
    void packagesAreFoundAsNodeFindsThem() {
        folder.has("s/a.js", """
                import five, { name } from 'five';
                import { deep } from 'five/sub/deep';
                import scoped from '@our/thing';
                import main from 'main-only';
                export default () => [five(), name, deep, scoped, main.inner, require('five').common];
                """)
                .has("node_modules/five/package.json", """
                        {"name": "five", "type": "module", "exports": {
                          ".": {"node": "./nope.js", "import": "./esm/index.js", "require": "./cjs.cjs"},
                          "./sub/*": "./lib/*.js"}}""")
                .has(
                        "node_modules/five/esm/index.js",
                        "import { n } from './n.js'; export default () => n; export const name = 'five'")
                .has("node_modules/five/esm/n.js", "export const n = 5;")
                .has("node_modules/five/lib/deep.js", "export const deep = 'deep';")
                .has(
                        "node_modules/five/cjs.cjs",
                        "exports.common = true; try { require('fs') } catch (e) { exports.common = e.code }")
                .has("s/node_modules/@our/thing/package.json", "{\"main\": \"./x\"}")
                .has("s/node_modules/@our/thing/x.js", "module.exports = 'scoped';")
                .has("node_modules/main-only/package.json", "{\"main\": \"lib\"}")
                .has("node_modules/main-only/lib/index.js", "exports.inner = require('inner');")
                .has("node_modules/main-only/node_modules/inner/package.json", "{}")
                .has("node_modules/main-only/node_modules/inner/index.js", "module.exports = 'inner';");
        assertThat(folder.value("s/a.js")).isEqualTo(List.of(5, "five", "deep", "scoped", "inner", "MODULE_NOT_FOUND"));
    }

    @Test
    void twoPackagesMayMeanDifferentFilesByOneName() {
        folder.has("a.js", "import { v } from 'p'; import q from 'q'; export default () => [v, q]")
                .has("node_modules/p/package.json", "{\"module\": \"index.js\"}")
                .has("node_modules/p/index.js", "export const v = 1;")
                .has("node_modules/q/package.json", "{\"module\": \"index.js\"}")
                .has("node_modules/q/index.js", "import { v } from 'p'; export default v;")
                .has("node_modules/q/node_modules/p/package.json", "{\"module\": \"index.js\"}")
                .has("node_modules/q/node_modules/p/index.js", "export const v = 2;");
        assertThat(folder.value("a.js")).isEqualTo(List.of(1, 2));
    }

    @Test
    void whatAPackageLacksIsAnErrorOfTheRun() {
        folder.has("a.js", "const p = require('p'); return p.f()")
                .has("node_modules/p/package.json", "{}")
                .has("node_modules/p/index.js", "exports.f = () => require('./gone');");
        assertThat(Js.threw(folder.run("a.js")).message()).contains("'./gone'");
        folder.has("b.js", "return require('http').get('x')");
        assertThat(Js.threw(folder.run("b.js")).message())
                .contains("'http', a module of Node.js")
                .contains("platform.api.get");
    }

    @Test
    void aModuleOfNodeJsIsNotLookedForButAPackageOfItsNameIs() {
        folder.has("a/b/a.js", "try { require('fs') } catch (e) { return require('events').name }")
                .has("node_modules/events/package.json", "{\"main\": \"./events.js\"}")
                .has("node_modules/events/events.js", "exports.name = 'a package';");
        assertThat(folder.value("a/b/a.js")).isEqualTo("a package");
        assertThat(folder.looked).noneMatch(path -> path.contains("/fs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lodash", "lodash.min.js", "underscore", "underscore-min.js", "underscore.js"})
    void theLibrariesOfOldScriptsAreThere(String name) {
        Js js = new Js();
        js.event = new LinkedHashMap<>(Map.of("rows", List.of(1, 2, 3)));
        assertThat(js.value("var lodash = require('" + name + "'); var sum = 0;"
                        + " lodash._.each(event.rows, function (n) { sum += n });"
                        + " return [sum, lodash.map(event.rows, function (n) { return n * 2 }), typeof _]"))
                .isEqualTo(List.of(6, List.of(2, 4, 6), "undefined"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lodash", "lodash-es", "lodash.min.js", "underscore"})
    void modulesImportTheFunctionsOfALibraryByName(String name) {
        assertThat(new Js()
                        .value("import _, { map, first as head } from '" + name + "';\n"
                                + "export default () => [map([1, 2], (n) => n * 2), head([7]), map === _.map]"))
                .isEqualTo(List.of(List.of(2, 4), 7, true));
        assertThat(new Js().value("import * as all from '" + name + "'; export default () => all.last([1, 2])"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lodash", "underscore"})
    void theNamesThatModulesFindAreThoseOfTheLibrary(String name) {
        assertThat(new Js()
                        .value("return Object.keys(require('" + name
                                + "')).filter((key) => key !== '_').sort().join()"))
                .isEqualTo(Libraries.exported(name).stream().sorted().collect(Collectors.joining(",")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lodash/map", "lodash/map.js", "lodash-es/map"})
    void aFunctionOfLodashIsFoundByItsOwnPath(String path) {
        assertThat(new Js()
                        .value("var map = require('" + path + "'), _ = require('lodash');"
                                + " return [map([1, 2], function (n) { return n + 1 }), map === _.map, map === require('"
                                + path
                                + "')]"))
                .isEqualTo(List.of(List.of(2, 3), true, true));
        assertThat(new Js().value("import map from '" + path + "'; export default () => map([1], (n) => n + 1)"))
                .isEqualTo(List.of(2));
    }

    @Test
    void whatALibraryHasNotIsRefusedBeforeItRuns() {
        Js js = new Js();
        assertThat(js.refused("import { nothingLikeIt } from 'lodash'; export {}")
                        .where())
                .contains("nothingLikeIt");
        assertThat(js.refused("import x from 'lodash/nothingLikeIt'; export {}").where())
                .contains("'lodash/nothingLikeIt'");
        assertThat(Js.threw(js.run("return require('lodash/nothingLikeIt')")).message())
                .contains("'lodash/nothingLikeIt'");
    }
}
