package io.sluice;

import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.GitServer;
import io.sluice.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that import files beside them, from a Git repository and from a folder, over HTTP. */
class ScriptImportsTest {
    @TempDir
    Path folder;

    private GitServer git;
    private TestServer server;
    private Api admin;
    private long repo;

    @BeforeEach
    void start() throws Exception {
        git = GitServer.start(Files.createDirectories(folder.resolve("git")));
        git.create("sales.git");
        open();
        repo = admin.post(
                        "system/service",
                        one(Map.of(
                                "name",
                                "repo",
                                "label",
                                "Repo",
                                "type",
                                "git",
                                "is_active",
                                true,
                                "config",
                                Map.of("base_url", git.uri().toString()))))
                .expect(201)
                .number("/resource/0/id");
    }

    private void open() {
        server = TestServer.start(folder.resolve("data"), Map.of(Setting.SCRIPTS_FETCH_TIMEOUT_MS, "60000"));
        admin = server.admin();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        git.close();
    }

    private String commit(String path, String text) throws Exception {
        return git.commit("sales.git", "main", path, text, "Change " + path);
    }

    private void service(String name, String type, Map<String, Object> config) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("content", ""));
        all.putAll(config);
        admin.post(
                        "system/service",
                        one(Map.of("name", name, "label", name, "type", type, "is_active", true, "config", all)))
                .expect(201);
    }

    private void linked(String name, String type, String path) {
        service(
                name,
                type,
                Map.of(
                        "storage_service_id",
                        repo,
                        "scm_repository",
                        "sales.git",
                        "scm_reference",
                        "main",
                        "storage_path",
                        path));
    }

    private Api.Answer refresh(String name) {
        return admin.post("system/script/service:" + name + "/refresh", null).ok();
    }

    @Test
    void aPushThatChangesOnlyTheImportedFileIsANewVersion() throws Exception {
        commit("api/lib/tax.js", "export const rate = 1;");
        String first = commit("api/orders.js", "import { rate } from './lib/tax.js'; export default () => ({ rate });");
        linked("orders", "nodejs", "api/orders.js");
        assertThat(admin.get("orders").ok().number("/rate")).isEqualTo(1);

        String second = commit("api/lib/tax.js", "export const rate = 2;");
        assertThat(admin.get("orders").ok().number("/rate")).as("cached").isEqualTo(1);
        Api.Answer promoted = refresh("orders");
        assertThat(promoted.text("/outcome")).isEqualTo("promoted");
        assertThat(promoted.text("/revision")).isEqualTo(second);
        assertThat(admin.get("orders").ok().number("/rate")).isEqualTo(2);
        assertThat(refresh("orders").text("/outcome")).isEqualTo("unchanged");

        commit("api/lib/tax.js", "export const rate = 3;");
        admin.delete("system/cache/orders").ok();
        assertThat(admin.get("orders").ok().number("/rate")).isEqualTo(3);

        Api.Answer kept = admin.get("system/script/service:orders/version/1").ok();
        assertThat(kept.text("/revision")).isEqualTo(first);
        assertThat(kept.text("/path")).isEqualTo("api/orders.js");
        assertThat(kept.at("/siblings").get("api/lib/tax.js").asString()).isEqualTo("export const rate = 1;");
    }

    @Test
    void whatIsMissingOrBrokenLeavesTheLastGoodVersionRunning() throws Exception {
        commit("lib/tax.js", "exports.rate = 1;");
        commit("orders.js", "return require('./lib/tax').rate");
        linked("orders", "nodejs", "orders.js");
        assertThat(admin.get("orders").ok().body()).isEqualTo("1");

        String broken = commit("orders.js", "return require('./lib/rate').rate + 1");
        Api.Answer refused = refresh("orders");
        assertThat(refused.text("/outcome")).isEqualTo("refused");
        assertThat(refused.text("/why"))
                .startsWith("orders.js line 1 imports './lib/rate', which is not there: there is no sales.git@")
                .contains("lib/rate.js at commit " + broken.substring(0, 7));
        assertThat(admin.get("orders").ok().body()).isEqualTo("1");
        Api.Answer status = admin.get("system/script/service:orders").ok();
        assertThat(status.text("/state")).isEqualTo("refused");
        assertThat(status.text("/last_error")).contains("./lib/rate");

        commit("lib/rate.js", "exports.rate = ;");
        assertThat(refresh("orders").text("/why")).startsWith("lib/rate.js line 1, column 16: ");
        assertThat(admin.get("orders").ok().body()).isEqualTo("1");

        commit("lib/rate.js", "exports.rate = 1;");
        assertThat(refresh("orders").text("/outcome")).isEqualTo("promoted");
        assertThat(admin.get("orders").ok().body()).isEqualTo("2");
    }

    @Test
    void afterARestartWithTheHostDownAllOfTheVersionRuns() throws Exception {
        commit("lib/tax.js", "export const rate = 4;");
        commit("orders.js", "import { rate } from './lib/tax.js'; export default () => rate;");
        linked("orders", "nodejs", "orders.js");
        assertThat(admin.get("orders").ok().body()).isEqualTo("4");
        server.close();
        git.stop();
        open();
        assertThat(admin.get("orders").ok().body()).isEqualTo("4");
        assertThat(admin.get("system/script/service:orders/version/1")
                        .ok()
                        .at("/siblings")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aRollbackBringsBackTheImportedFiles() throws Exception {
        commit("lib/tax.js", "export const rate = 1;");
        commit("orders.js", "import { rate } from './lib/tax.js'; export default () => rate;");
        linked("orders", "nodejs", "orders.js");
        assertThat(admin.get("orders").ok().body()).isEqualTo("1");
        commit("lib/tax.js", "export const rate = 2;");
        refresh("orders");
        admin.post("system/script/service:orders/rollback", Map.of("version", 1))
                .ok();
        assertThat(admin.get("orders").ok().body()).isEqualTo("1");
        assertThat(refresh("orders").text("/outcome")).isEqualTo("unchanged");
    }

    @Test
    void typeScriptAndPackagesComeFromTheRepository() throws Exception {
        commit("node_modules/double/package.json", "{\"main\": \"main.js\"}");
        commit("node_modules/double/main.js", "module.exports = (n) => n * 2;");
        commit(
                "ts/price.ts",
                "export type Price = { n: number };\nexport const price = (n: number): Price => ({ n });");
        commit("ts/main.ts", """
                import double from 'double';
                import { price, type Price } from './price';
                export default async (event: any, platform: any): Promise<Price> => price(double(21) as number);
                """);
        linked("typed", "typescript", "ts/main.ts");
        assertThat(admin.get("typed").ok().number("/n")).isEqualTo(42);
    }

    @Test
    void linksInARepositoryAreNotFollowed() throws Exception {
        git.commitEntry(
                "sales.git", "main", "lib.js", FileMode.SYMLINK, "/etc/passwd".getBytes(StandardCharsets.UTF_8));
        commit("orders.js", "return require('./lib.js')");
        linked("orders", "nodejs", "orders.js");
        assertThat(refresh("orders").text("/why")).contains("'./lib.js'", "is a symbolic link; links are not followed");
        assertThat(admin.get("orders").expect(503).message()).contains("orders");
    }

    @Test
    void aFolderOfFilesWorksAsARepositoryDoes() throws Exception {
        long files = admin.get("system/service?fields=id&filter=name%3D%27files%27")
                .ok()
                .number("/resource/0/id");
        admin.post("files/scripts/", null).expect(201);
        put("scripts/main.js", "return require('./part').say() + require('../scripts/part.js').say()");
        put("scripts/part.js", "exports.say = () => 'a';");
        service("files-test", "nodejs", Map.of("storage_service_id", files, "storage_path", "scripts/main.js"));
        assertThat(admin.get("files-test").ok().text("")).isEqualTo("aa");
        put("scripts/part.js", "exports.say = () => 'b';");
        assertThat(admin.get("files-test").ok().text("")).isEqualTo("aa");
        assertThat(refresh("files-test").text("/outcome")).isEqualTo("promoted");
        assertThat(admin.get("files-test").ok().text("")).isEqualTo("bb");

        Path outside = Files.writeString(folder.resolve("outside.js"), "exports.say = () => 'outside'");
        Path link = folder.resolve("data/files/files/scripts/out.js");
        assertThat(Files.isDirectory(link.getParent())).isTrue();
        Files.createSymbolicLink(link, outside);
        put("scripts/main.js", "return require('./out').say()");
        assertThat(refresh("files-test").text("/why")).contains("'./out'", "leads out of this storage");
        put("scripts/main.js", "return require('../../../outside.js').say()");
        assertThat(refresh("files-test").text("/why")).contains("leads out of the repository or folder");
        assertThat(admin.get("files-test").ok().text("")).isEqualTo("bb");
    }

    private void put(String path, String text) {
        admin.with("Content-Type", "text/plain").put("files/" + path, text).ok();
    }
}
