package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.service.GitHost;
import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The {@code gitlab} type against the examples of GitLab's REST documentation; not checked against a GitLab. */
class GitlabContractTest extends ProviderContract {
    private static final String PROJECT = "/api/v4/projects/acme%2Fsales";
    private static final String ABOUT = """
            {"id": 3, "name": "sales", "path": "sales", "path_with_namespace": "acme/sales", "default_branch": "main"}""";

    @Override
    String type() {
        return "gitlab";
    }

    @Override
    String api() {
        return "/api/v4";
    }

    @Override
    Map<String, Object> config() {
        return Map.of("namespace", "acme", "token", CANARY);
    }

    @Override
    Map.Entry<String, String> credentials() {
        return Map.entry("private-token", CANARY);
    }

    private static String commit(String id) {
        return """
                {"id": "%s", "short_id": "%s", "title": "Count orders", "author_name": "Ann Vale",
                 "author_email": "ann@example.com", "authored_date": "2026-01-02T11:00:00.000+01:00",
                 "committer_name": "Administrator", "committer_email": "admin@example.com",
                 "committed_date": "2026-01-02T11:00:00.000+01:00", "created_at": "2026-01-02T11:00:00.000+01:00",
                 "message": "Count orders\\n\\nOnce and for all.", "parent_ids": []}""".formatted(id, id.substring(0, 8));
    }

    private static String entry(String id, String path, String type, String mode) {
        return """
                {"id": "%s", "name": "%s", "type": "%s", "path": "%s", "mode": "%s"}""".formatted(id, path.substring(path.lastIndexOf('/') + 1), type, path, mode);
    }

    @Override
    void describe(StubHost host) {
        String commits = PROJECT + "/repository/commits";
        Map.of("main", NEW, "feature%2Fx", OLD, "v1", OLD, OLD, OLD, NEW, NEW, OTHER, OTHER)
                .forEach((name, id) -> host.on("GET " + commits + "/" + name + "?stats=false", Said.json(commit(id))));
        host.on("GET " + PROJECT, Said.json(ABOUT))
                .on("GET " + commits + "?per_page=1", Said.json("[" + commit(NEW) + "]"))
                .on(
                        "GET " + commits + "?ref_name=main&page=1&per_page=2",
                        Said.json("[" + commit(NEW) + "," + commit(OLD) + "]"))
                .on(
                        "GET " + commits + "?ref_name=main&path=orders.js&page=1&per_page=2",
                        Said.json("[" + commit(NEW) + "]"));
        files(host);
        trees(host);
        lists(host);
    }

    private static void files(StubHost host) {
        String files = "GET " + PROJECT + "/repository/files/";
        host.on(files + "orders.js/raw?ref=" + NEW, Said.file("return 1"))
                .on(files + "orders.js/raw?ref=" + OLD, Said.file("return 0"))
                .on(files + "lib%2Fmoney.js/raw?ref=" + NEW, Said.file("1"))
                .on(files + "lfs.js/raw?ref=" + NEW, Said.file(LFS))
                .on(files + "orders.js?ref=" + NEW, Said.json("""
                                {"file_name": "orders.js", "file_path": "orders.js", "size": 8, "encoding": "base64",
                                 "content": "cmV0dXJuIDE=", "content_sha256": "4c294617b60715c1d218e61164a3abd4",
                                 "ref": "%s", "blob_id": "%s", "commit_id": "%s", "last_commit_id": "%s",
                                 "execute_filemode": false}""".formatted(NEW, BLOB, NEW, OLD)));
    }

    private static void trees(StubHost host) {
        String tree = "GET " + PROJECT + "/repository/tree?ref=" + NEW;
        String page = "&pagination=keyset&per_page=100";
        String lib = entry(OLD, "lib", "tree", "040000");
        String money = entry(GONE, "lib/money.js", "blob", "100644");
        String orders = entry(BLOB, "orders.js", "blob", "100755");
        host.on(tree + page, Said.json("[" + lib + "," + orders + "]"))
                .on(tree + "&path=lib" + page, Said.json("[" + money + "]"))
                .on(tree + "&path=none.js" + page, Said.json("[]"))
                .on(
                        tree + "&recursive=true" + page,
                        Said.json("[" + lib + "," + money + "]")
                                .with(
                                        "Link",
                                        "<https://gitlab.example.com/api/v4/projects/3/repository/tree?page_token="
                                                + GONE + "&pagination=keyset>; rel=\"next\""))
                .on(
                        tree + "&recursive=true" + page + "&page_token=" + GONE,
                        Said.json("[" + orders + "," + entry(OLD, "link.js", "blob", "120000") + ","
                                + entry(OLD, "sub", "commit", "160000") + "]"));
    }

    private static void lists(StubHost host) {
        String base = "GET " + PROJECT + "/repository/merge_base?refs%5B%5D=";
        host.on(base + OLD + "&refs%5B%5D=" + NEW, Said.json(commit(OLD)))
                .on(base + NEW + "&refs%5B%5D=" + OLD, Said.json(commit(OLD)))
                .on(base + OTHER + "&refs%5B%5D=" + NEW, Said.json(commit(GONE)))
                .on(
                        base + GONE + "&refs%5B%5D=" + NEW,
                        Said.json(400, "{\"message\": \"400 Bad request - Could not find ref\"}"))
                .on("GET /api/v4/groups/acme/projects?page=1&per_page=50", Said.json("[" + ABOUT + "]"))
                .on(
                        "GET " + PROJECT + "/repository/branches?page=1&per_page=50",
                        Said.json("[" + named("feature/x", OLD) + "," + named("main", NEW) + "]"))
                .on("GET " + PROJECT + "/repository/tags?page=1&per_page=50", Said.json("[" + named("v1", OLD) + "]"));
    }

    private static String named(String name, String commit) {
        return "{\"name\": \"" + name + "\", \"commit\": " + commit(commit) + ", \"protected\": true}";
    }

    @Test
    void withoutANamespaceTheRepositoriesAreThoseOfTheTokensUser() {
        host.on("GET /api/v4/user", Said.json("{\"id\": 1, \"username\": \"acme\", \"state\": \"active\"}"))
                .on("GET /api/v4/users/acme/projects?page=1&per_page=50", Said.json("[" + ABOUT + "]"))
                .on(
                        "GET /api/v4/groups/acme/projects?page=1&per_page=50",
                        Said.json(404, "{\"message\": \"404 Group Not Found\"}"));
        try (Calls own = open(Map.of("namespace", ""))) {
            assertThat(own.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
            assertThat(own.list("as_list=1", "_repo")).isEqualTo(List.of("sales"));
            assertThat(((GitHost) own.service()).fullName("sales")).isEqualTo("acme/sales");
        }
    }

    @Test
    void whatTheTokensUserOwnsIsNotKnownUntilTheHostHasTold() {
        try (Calls own = open(Map.of("namespace", ""))) {
            GitHost git = (GitHost) own.service();
            assertThat(git.knownName("Acme/Sales")).contains("acme/sales");
            assertThat(git.fullName("Sales")).isEqualTo("sales");
            assertThat(git.knownName("Sales")).isEmpty();
            host.on("GET /api/v4/user", Said.json("{\"id\": 1, \"username\": \"acme\", \"state\": \"active\"}"));
            assertThat(git.knownName("Sales")).as("the host is not asked").isEmpty();
            assertThat(git.fullName("Sales")).isEqualTo("acme/sales");
            assertThat(git.knownName("Sales")).contains("acme/sales");
        }
    }

    @Test
    void subGroupsArePartOfTheName() {
        host.on(
                        "GET /api/v4/projects/acme%2Fteam%2Fsales/repository/commits?per_page=1",
                        Said.json("[" + commit(NEW) + "]"))
                .on(
                        "GET /api/v4/projects/acme%2Fteam%2Fsales/repository/files/a%20b%2Fc.js/raw?ref=" + NEW,
                        Said.file("deep"));
        try (Calls team = open(Map.of("namespace", "/acme/team/"))) {
            assertThat(team.found("sales", "", "a b/c.js").text()).isEqualTo("deep");
            assertThat(((GitHost) team.service()).fullName("Sales")).isEqualTo("acme/team/sales");
        }
        assertThat(service.found("acme/team/sales", "", "a b/c.js").text()).isEqualTo("deep");
        Calls.fails(400, "namespace", () -> open(Map.of("namespace", "acme/../x")));
    }

    @Test
    void olderServersCountThePagesOfATree() throws ApiException {
        String tree =
                "GET " + PROJECT + "/repository/tree?ref=" + OLD + "&recursive=true&pagination=keyset&per_page=100";
        host.on(
                        tree,
                        Said.json("[" + entry(BLOB, "a.js", "blob", "100644") + "]")
                                .with(
                                        "Link",
                                        "<http://x/tree?page=2&per_page=100>; rel=\"next\", <http://x>; rel=\"last\""))
                .on(tree + "&page=2", Said.json("[" + entry(BLOB, "b.js", "blob", "100644") + "]"));
        assertThat(((GitHost) service.service()).blobs("sales", OLD).orElseThrow())
                .containsOnlyKeys("a.js", "b.js");
    }

    @Override
    boolean tellsBlobs() {
        return true;
    }

    @Override
    String question() {
        return PROJECT;
    }

    @Override
    Said answerOf(String question) {
        return Said.json(ABOUT);
    }

    @Override
    Map.Entry<String, Map<String, Object>> status() {
        return Map.entry(
                "/projects/acme%2Fsales/statuses/" + NEW,
                Map.of("state", "success", "name", "sluice", "description", "3 scripts promoted"));
    }

    @Override
    Map.Entry<String, String> hooks() {
        return Map.entry("/projects/acme%2Fsales/hooks", "?per_page=100&page=1");
    }

    @Override
    String hookPage(String hooks) {
        return "[" + hooks + "]";
    }

    @Override
    Map.Entry<String, String> hook(String address) {
        return Map.entry("1", """
                {"id": 1, "url": "%s", "project_id": 3, "push_events": true, "tag_push_events": true,
                 "enable_ssl_verification": true, "created_at": "2026-01-02T10:00:00Z"}""".formatted(address));
    }

    @Override
    Map<String, Object> written() {
        return Map.of(
                "url", DELIVERIES.toString(), "token", "hook-secret", "push_events", true, "tag_push_events", true);
    }

    @Override
    String change() {
        return "PUT";
    }
}
