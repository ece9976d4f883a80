package io.sluice;

import static io.sluice.Stage.access;
import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text is read as the platform once it is linked, so who links it must be one who may read it. */
class LinkRightTest {
    private static final String SCRIPT = "db._table.contact.get.post_process";

    @TempDir
    Path folder;

    private Stage stage;
    private Api editor;
    private long files;
    private long repo;

    @BeforeEach
    void anEditorOfScriptsWhoMayReadSomeFiles() throws Exception {
        stage = Stage.open(folder);
        files = stage.id("system/service", "files");
        stage.service("repo", "Repo", "git", Map.of("base_url", "http://127.0.0.1:1/git"));
        repo = stage.id("system/service", "repo");
        long system = stage.id("system/service", "system");
        long role = stage.role(
                "editor",
                List.of(
                        access(system, "event_script/*", 31),
                        access(system, "service/*", 31),
                        access(files, "open/*", 1),
                        access(repo, "_repo/open/*", 1)));
        editor = Api.at(stage.server.address()).withKey(stage.app("editor", role));
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private static Map<String, Object> link(long service, String repository, String path) {
        return Map.of("storage_service_id", service, "scm_repository", repository, "storage_path", path);
    }

    private Api.Answer event(Map<String, Object> link) {
        Map<String, Object> record = new HashMap<>(Map.of("name", SCRIPT, "type", "nodejs", "is_active", true));
        record.putAll(link);
        return editor.post("system/event_script/" + SCRIPT, record);
    }

    private Api.Answer service(String name, Map<String, Object> link) {
        return editor.post(
                "system/service",
                one(Map.of("name", name, "label", name, "type", "nodejs", "is_active", true, "config", link)));
    }

    @Test
    void eventScriptsAreLinkedToWhatTheirEditorMayRead() {
        assertThat(event(link(files, "", "private/keys.txt")).expect(403).message())
                .contains("you may not read 'private/keys.txt'");
        assertThat(event(link(repo, "secret", "a.js")).expect(403).message()).contains("_repo/secret/a.js");
        stage.admin.get("system/event_script/" + SCRIPT).expect(404);
        event(link(files, "", "/open/a.js")).ok();
        event(link(repo, "open", "a.js")).ok();
    }

    @Test
    void noPathLeadsOutOfWhatTheyMayRead() throws Exception {
        stage.admin.post("files/private/", null).expect(201);
        stage.admin.post("files/open/", null).expect(201);
        stage.admin
                .with("Content-Type", "text/plain")
                .post("files/private/keys.txt", "return 'secret'")
                .expect(201);
        event(link(files, "", "open/../private/keys.txt")).ok();
        Api.Answer refreshed = stage.admin
                .post("system/script/event:" + SCRIPT + "/refresh", Map.of())
                .ok();
        assertThat(refreshed.text("/outcome")).isEqualTo("refused");
    }

    @Test
    void aLinkThatStandsMayBeKeptAndNotMoved() {
        stage.link(SCRIPT, link(files, "", "private/a.js"));
        editor.patch("system/event_script/" + SCRIPT, Map.of("is_active", false))
                .ok();
        editor.patch("system/event_script/" + SCRIPT, Map.of("storage_path", "private/b.js"))
                .expect(403);
    }

    @Test
    void soAreScriptServices() {
        assertThat(service("one", link(files, "", "private/keys.txt"))
                        .expect(400)
                        .body())
                .contains("you may not read 'private/keys.txt'");
        stage.admin.get("one").expect(404);
        service("two", link(files, "", "open/a.js")).expect(201);
        long two = stage.id("system/service", "two");
        editor.patch("system/service/" + two, Map.of("config", Map.of("storage_path", "private/a.js")))
                .expect(403);
        editor.patch("system/service/" + two, Map.of("label", "Second")).ok();
    }

    @Test
    void administratorsMayLinkAnything() {
        stage.link(SCRIPT, link(files, "", "private/keys.txt"));
        stage.service("one", "One", "nodejs", link(files, "", "private/keys.txt"));
    }
}
