package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The {@code gitea} type against the examples of Gitea's API documentation; not checked against a Gitea. */
class GiteaContractTest extends ProviderContract {
    private static final String REPO = "/api/v1/repos/acme/sales";
    private static final String ABOUT = """
            {"id": 1, "name": "sales", "full_name": "acme/sales", "empty": false, "default_branch": "main"}""";

    @Override
    String type() {
        return "gitea";
    }

    @Override
    String api() {
        return "/api/v1";
    }

    @Override
    Map<String, Object> config() {
        return Map.of("vendor", "acme", "token", CANARY);
    }

    @Override
    Map.Entry<String, String> credentials() {
        return Map.entry("authorization", "token " + CANARY);
    }

    private static String commit(String id) {
        return """
                {"url": "https://git.example.com/api/v1/repos/acme/sales/git/commits/%s", "sha": "%s",
                 "created": "2026-01-02T10:00:00Z", "html_url": "", "commit": {
                  "author": {"name": "Ann Vale", "email": "ann@example.com", "date": "2026-01-02T10:00:00Z"},
                  "committer": {"name": "Ann Vale", "email": "ann@example.com", "date": "2026-01-02T11:00:00+01:00"},
                  "message": "Count orders\\n\\nOnce and for all.\\n"}, "author": null, "committer": null, "parents": []}""".formatted(id, id);
    }

    private static String entry(String path, String type) {
        return """
                {"name": "%s", "path": "%s", "sha": "%s", "type": "%s", "size": 8, "encoding": null, "content": null}""".formatted(path.substring(path.lastIndexOf('/') + 1), path, BLOB, type);
    }

    private static String newest(String reference) {
        return "GET " + REPO + "/commits?" + reference + "stat=false&verification=false&files=false&page=1&limit=1";
    }

    @Override
    void describe(StubHost host) {
        host.on("GET " + REPO, Said.json(ABOUT)).on(newest(""), Said.json("[" + commit(NEW) + "]"));
        Map.of("main", NEW, "feature%2Fx", OLD, "v1", OLD, OLD, OLD, NEW, NEW, OTHER, OTHER)
                .forEach((name, id) -> host.on(newest("sha=" + name + "&"), Said.json("[" + commit(id) + "]")));
        files(host);
        comparisons(host);
        lists(host);
    }

    private static void files(StubHost host) {
        host.on("GET " + REPO + "/raw/orders.js?ref=" + NEW, Said.file("return 1"))
                .on("GET " + REPO + "/raw/orders.js?ref=" + OLD, Said.file("return 0"))
                .on("GET " + REPO + "/raw/lib/money.js?ref=" + NEW, Said.file("1"))
                .on("GET " + REPO + "/raw/lfs.js?ref=" + NEW, Said.file(LFS))
                .on(
                        "GET " + REPO + "/contents",
                        Said.json("[" + entry("lib", "dir") + "," + entry("orders.js", "file") + "]"))
                .on("GET " + REPO + "/contents/lib", Said.json("[" + entry("lib/money.js", "file") + "]"))
                .on(
                        "GET " + REPO + "/contents/orders.js?ref=main",
                        Said.json(entry("orders.js", "file")
                                .replace("\"encoding\": null", "\"encoding\": \"base64\"")
                                .replace("\"content\": null", "\"content\": \"cmV0dXJuIDE=\"")));
        host.on(
                        tree(1),
                        Said.json(treePage(true, file("lib/money.js", "100644", GONE), file("link.js", "120000", OLD))))
                .on(tree(2), Said.json(treePage(false, file("orders.js", "100755", BLOB), file("lib", "040000", OLD))));
    }

    private static String tree(int page) {
        return "GET " + REPO + "/git/trees/" + NEW + "?recursive=true&page=" + page;
    }

    private static String treePage(boolean truncated, String... entries) {
        return "{\"sha\": \"" + OTHER + "\", \"url\": \"\", \"tree\": [" + String.join(",", entries)
                + "], \"truncated\": " + truncated + ", \"page\": 1, \"total_count\": 4}";
    }

    private static String file(String path, String mode, String sha) {
        return "{\"path\": \"" + path + "\", \"mode\": \"" + mode + "\", \"type\": \"blob\", \"size\": 8, \"sha\": \""
                + sha + "\", \"url\": \"\"}";
    }

    private static void comparisons(StubHost host) {
        Map.of(
                        NEW + "..." + OLD, 0,
                        OLD + "..." + NEW, 3,
                        NEW + "..." + OTHER, 1,
                        OTHER + "..." + NEW, 2)
                .forEach((pair, count) -> host.on(
                        "GET " + REPO + "/compare/" + pair,
                        Said.json("{\"total_commits\": " + count + ", \"commits\": [], \"files\": []}")));
    }

    private static void lists(StubHost host) {
        String commits = "GET " + REPO + "/commits?sha=main&stat=false&verification=false&files=false&";
        host.on("GET /api/v1/orgs/acme/repos?page=1&limit=50", Said.json("[" + ABOUT + "]"))
                .on(
                        "GET " + REPO + "/branches?page=1&limit=50",
                        Said.json("[" + branch("feature/x", OLD) + "," + branch("main", NEW) + "]"))
                .on(
                        "GET " + REPO + "/tags?page=1&limit=50",
                        Said.json("[{\"name\": \"v1\", \"message\": \"\", \"id\": \"" + OTHER
                                + "\", \"commit\": {\"url\": \"\", \"sha\": \"" + OLD
                                + "\", \"created\": \"2026-01-02T10:00:00Z\"}}]"))
                .on(commits + "page=1&limit=2", Said.json("[" + commit(NEW) + "," + commit(OLD) + "]"))
                .on(commits + "path=orders.js&page=1&limit=2", Said.json("[" + commit(NEW) + "]"));
    }

    private static String branch(String name, String commit) {
        return "{\"name\": \"" + name + "\", \"commit\": {\"id\": \"" + commit
                + "\", \"message\": \"Count orders\", \"timestamp\": \"2026-01-02T10:00:00Z\"}, \"protected\": false}";
    }

    @Test
    void aServerThatComparesBranchesOnlySaysNothingOfCommits() {
        assertThat(((GitHost) service.service()).ancestry("sales", OTHER, OLD)).isEqualTo(Ancestry.UNKNOWN);
    }

    @Override
    boolean tellsBlobs() {
        return true;
    }

    @Override
    String question() {
        return REPO;
    }

    @Override
    Said answerOf(String question) {
        return Said.json(ABOUT);
    }

    @Override
    Map.Entry<String, Map<String, Object>> status() {
        return Map.entry(
                "/repos/acme/sales/statuses/" + NEW,
                Map.of("state", "success", "context", "sluice", "description", "3 scripts promoted"));
    }

    @Override
    Map.Entry<String, String> hooks() {
        return Map.entry("/repos/acme/sales/hooks", "?limit=50&page=1");
    }

    @Override
    String hookPage(String hooks) {
        return "[" + hooks + "]";
    }

    @Override
    Map.Entry<String, String> hook(String address) {
        return Map.entry("7", """
                {"id": 7, "type": "gitea", "branch_filter": "*", "active": true, "events": ["push"],
                 "config": {"content_type": "json", "url": "%s"}, "authorization_header": ""}""".formatted(address));
    }

    @Override
    Map<String, Object> written() {
        return Map.of(
                "type",
                "gitea",
                "active",
                true,
                "events",
                List.of("push"),
                "config",
                Map.of("url", DELIVERIES.toString(), "content_type", "json", "secret", "hook-secret"));
    }

    @Override
    String change() {
        return "PATCH";
    }
}
