package io.sluice.service.git;

import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.util.List;
import java.util.Map;

/** The {@code github} type against the examples of GitHub's REST documentation. */
class GithubContractTest extends ProviderContract {
    private static final String REPO = "/api/v3/repos/acme/sales";
    private static final String ABOUT = """
            {"id": 1296269, "name": "sales", "full_name": "acme/sales", "private": false, "default_branch": "main"}""";

    @Override
    String type() {
        return "github";
    }

    @Override
    String api() {
        return "/api/v3";
    }

    @Override
    Map<String, Object> config() {
        return Map.of("vendor", "acme", "token", CANARY);
    }

    @Override
    Map.Entry<String, String> credentials() {
        return Map.entry("authorization", "Bearer " + CANARY);
    }

    private static String commit(String id) {
        return """
                {"sha": "%s", "node_id": "MDY6Q29tbWl0", "commit": {
                  "author": {"name": "Ann Vale", "email": "ann@example.com", "date": "2026-01-02T10:00:00Z"},
                  "committer": {"name": "GitHub", "email": "noreply@github.com", "date": "2026-01-02T10:00:00Z"},
                  "message": "Count orders\\n\\nOnce and for all.", "tree": {"sha": "%s"}, "comment_count": 0},
                 "author": null, "committer": null, "parents": []}""".formatted(id, OTHER);
    }

    private static String entry(String path, String type) {
        return """
                {"name": "%s", "path": "%s", "sha": "%s", "size": 8, "type": "%s"}""".formatted(path.substring(path.lastIndexOf('/') + 1), path, BLOB, type);
    }

    private static Said raw(String text) {
        return new Said(200, "Content-Type: application/vnd.github.raw+json; charset=utf-8\r\n", text);
    }

    @Override
    void describe(StubHost host) {
        Map.of("HEAD", NEW, "main", NEW, "feature/x", OLD, "v1", OLD, OLD, OLD, NEW, NEW, OTHER, OTHER)
                .forEach((name, id) ->
                        host.on("GET " + REPO + "/commits/" + name + "?per_page=1", Said.json(commit(id))));
        host.on("GET " + REPO, Said.json(ABOUT))
                .on(
                        "GET " + REPO + "/commits/dev?per_page=1",
                        Said.json(422, "{\"message\": \"No commit found for SHA: dev\"}"))
                .on(
                        "GET " + REPO + "/commits/" + GONE + "?per_page=1",
                        Said.json(422, "{\"message\": \"No commit found for SHA\"}"));
        files(host);
        comparisons(host);
        lists(host);
    }

    private static void files(StubHost host) {
        host.on("GET " + REPO + "/contents/orders.js?ref=" + NEW, raw("return 1"))
                .on("GET " + REPO + "/contents/orders.js?ref=" + OLD, raw("return 0"))
                .on("GET " + REPO + "/contents/lib/money.js?ref=" + NEW, raw("1"))
                .on("GET " + REPO + "/contents/lfs.js?ref=" + NEW, raw(LFS))
                .on(
                        "GET " + REPO + "/contents/",
                        Said.json("[" + entry("lib", "dir") + "," + entry("orders.js", "file") + "]"))
                .on("GET " + REPO + "/contents/lib", Said.json("[" + entry("lib/money.js", "file") + "]"))
                .on(
                        "GET " + REPO + "/contents/orders.js?ref=main",
                        Said.json(entry("orders.js", "file")
                                .replace(
                                        "\"type\"",
                                        "\"encoding\": \"base64\", \"content\": \"cmV0dXJuIDE=\", \"type\"")))
                .on("GET " + REPO + "/git/trees/" + NEW + "?recursive=1", Said.json("""
                                {"sha": "%s", "truncated": false, "tree": [
                                  {"path": "lib", "mode": "040000", "type": "tree", "sha": "%s"},
                                  {"path": "lib/money.js", "mode": "100644", "type": "blob", "size": 1, "sha": "%s"},
                                  {"path": "link.js", "mode": "120000", "type": "blob", "size": 11, "sha": "%s"},
                                  {"path": "sub", "mode": "160000", "type": "commit", "sha": "%s"},
                                  {"path": "orders.js", "mode": "100755", "type": "blob", "size": 8, "sha": "%s"}]}""".formatted(
                                OTHER, OLD, GONE, OLD, OLD, BLOB)));
    }

    private static void comparisons(StubHost host) {
        for (List<String> pair :
                List.of(List.of(OLD, NEW, "ahead"), List.of(NEW, OLD, "behind"), List.of(OTHER, NEW, "diverged"))) {
            host.on(
                    "GET " + REPO + "/compare/" + pair.get(0) + "..." + pair.get(1) + "?per_page=1",
                    Said.json("{\"status\": \"" + pair.get(2) + "\", \"ahead_by\": 1, \"behind_by\": 0}"));
        }
    }

    private static void lists(StubHost host) {
        String commits = "[" + commit(NEW) + "," + commit(OLD) + "]";
        host.on("GET /api/v3/orgs/acme/repos?page=1&per_page=50", Said.json("[" + ABOUT + "]"))
                .on(
                        "GET " + REPO + "/branches?page=1&per_page=50",
                        Said.json("[" + named("feature/x", OLD) + "," + named("main", NEW) + "]"))
                .on("GET " + REPO + "/tags?page=1&per_page=50", Said.json("[" + named("v1", OLD) + "]"))
                .on("GET " + REPO + "/commits?sha=main&page=1&per_page=2", Said.json(commits))
                .on(
                        "GET " + REPO + "/commits?sha=main&path=orders.js&page=1&per_page=2",
                        Said.json("[" + commit(NEW) + "]"));
    }

    private static String named(String name, String commit) {
        return "{\"name\": \"" + name + "\", \"commit\": {\"sha\": \"" + commit + "\"}, \"protected\": false}";
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
        return Map.entry("/repos/acme/sales/hooks", "?per_page=100&page=1");
    }

    @Override
    String hookPage(String hooks) {
        return "[" + hooks + "]";
    }

    @Override
    Map.Entry<String, String> hook(String address) {
        return Map.entry("12345678", """
                {"type": "Repository", "id": 12345678, "name": "web", "active": true, "events": ["push"],
                 "config": {"content_type": "json", "insecure_ssl": "0", "url": "%s"}}""".formatted(address));
    }

    @Override
    Map<String, Object> written() {
        return Map.of(
                "name",
                "web",
                "active",
                true,
                "events",
                List.of("push"),
                "config",
                Map.of(
                        "url", DELIVERIES.toString(),
                        "content_type", "json",
                        "secret", "hook-secret",
                        "insecure_ssl", "0"));
    }

    @Override
    String change() {
        return "PATCH";
    }
}
