package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The {@code bitbucket} type against the examples of the documentation of Bitbucket's cloud; not checked against it. */
class BitbucketContractTest extends ProviderContract {
    private static final String REPO = "/2.0/repositories/acme/sales";
    private static final String ABOUT = """
            {"type": "repository", "name": "sales", "slug": "sales", "full_name": "acme/sales", "scm": "git",
             "mainbranch": {"type": "branch", "name": "main"}}""";

    @Override
    String type() {
        return "bitbucket";
    }

    @Override
    String api() {
        return "/2.0";
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
                {"type": "commit", "hash": "%s", "date": "2026-01-02T10:00:00+00:00",
                 "author": {"type": "author", "raw": "Ann Vale <ann@example.com>"},
                 "message": "Count orders\\n\\nOnce and for all.\\n", "parents": []}""".formatted(id);
    }

    private static Said page(String... values) {
        return Said.json("{\"pagelen\": 100, \"values\": [" + String.join(",", values) + "]}");
    }

    private static String entry(String path, String type, String attributes) {
        return """
                {"path": "%s", "type": "%s", "size": 8, "attributes": [%s], "escaped_path": "%s",
                 "commit": {"type": "commit", "hash": "%s"}}""".formatted(path, type, attributes, path, NEW);
    }

    private String next(String target) {
        return host.uri() + target;
    }

    @Override
    void describe(StubHost host) {
        host.on("GET " + REPO, Said.json(ABOUT));
        Map.of("main", NEW, "feature%2Fx", OLD, "v1", OLD, OLD, OLD, NEW, NEW, OTHER, OTHER)
                .forEach((name, id) -> host.on(
                        "GET " + REPO + "/commits?include=" + name + "&pagelen=1",
                        Said.json("{\"pagelen\": 1, \"values\": [" + commit(id)
                                + "], \"next\": \"http://elsewhere/\"}")));
        files(host);
        lists(host);
    }

    private void files(StubHost host) {
        file(host, NEW, "orders.js", "", "return 1");
        file(host, OLD, "orders.js", "", "return 0");
        file(host, NEW, "lib/money.js", "", "1");
        file(host, NEW, "lfs.js", "\"lfs\"", LFS);
        file(host, NEW, "link.js", "\"link\"", "/etc/passwd");
        file(host, NEW, "sub", "\"subrepository\"", "");
        String source = "GET " + REPO + "/src/" + NEW + "/";
        host.on(source + "lib?format=meta", Said.json(entry("lib", "commit_directory", "")))
                .on(source + "lib/?pagelen=100", page(entry("lib/money.js", "commit_file", "")))
                .on(
                        source + "?pagelen=100",
                        Said.json("{\"pagelen\": 100, \"values\": [" + entry("lib", "commit_directory", "")
                                + "], \"next\": \"" + next(REPO + "/src/" + NEW + "/?pagelen=100&page=AbC%3D") + "\"}"))
                .on(source + "?pagelen=100&page=AbC%3D", page(entry("orders.js", "commit_file", "")));
    }

    private static void file(StubHost host, String commit, String path, String attributes, String text) {
        String source = "GET " + REPO + "/src/" + commit + "/" + path;
        host.on(source, Said.file(text)).on(source + "?format=meta", Said.json(entry(path, "commit_file", attributes)));
    }

    private static void lists(StubHost host) {
        host.on("GET " + REPO + "/merge-base/" + OLD + ".." + NEW, Said.json(commit(OLD)))
                .on("GET " + REPO + "/merge-base/" + NEW + ".." + OLD, Said.json(commit(OLD)))
                .on("GET " + REPO + "/merge-base/" + OTHER + ".." + NEW, Said.json(commit(GONE)))
                .on("GET /2.0/repositories/acme?page=1&pagelen=50", page(ABOUT))
                .on(
                        "GET " + REPO + "/refs/branches?page=1&pagelen=50",
                        page(named("feature/x", OLD), named("main", NEW)))
                .on("GET " + REPO + "/refs/tags?page=1&pagelen=50", page(named("v1", OLD)))
                .on("GET " + REPO + "/commits?include=main&pagelen=2", page(commit(NEW), commit(OLD)))
                .on("GET " + REPO + "/commits?include=main&path=orders.js&pagelen=2", page(commit(NEW)));
    }

    private static String named(String name, String commit) {
        return "{\"name\": \"" + name + "\", \"type\": \"branch\", \"target\": " + commit(commit) + "}";
    }

    @Test
    void f18_linksAndSubmodulesAreNotFollowed() {
        service.missing("symbolic link", "sales", "main", "link.js");
        service.missing("submodule", "sales", "main", "sub");
        service.missing("folder", "sales", "main", "lib");
    }

    @Test
    void f17_aNextPageElsewhereIsNotAskedFor() {
        host.on(
                "GET " + REPO + "/src/" + OLD + "/?pagelen=100",
                Said.json("{\"values\": [], \"next\": \"https://elsewhere.example.com/2.0/x\"}"));
        Calls.fails(502, "not that of Bitbucket's API", () -> service.get("branch=" + OLD, "_repo", "sales"));
    }

    @Test
    void aUsernameIsTheWorkspaceToo() {
        try (Calls named =
                open(Map.of("vendor", "ignored", "username", "acme", "password", "app-password", "token", ""))) {
            assertThat(named.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
            assertThat(host.last().headers()).containsEntry("authorization", basic("acme:app-password"));
        }
        try (Calls mailed = open(Map.of("username", "ann@example.com"))) {
            assertThat(mailed.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
            assertThat(host.last().headers()).containsEntry("authorization", basic("ann@example.com:" + CANARY));
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    boolean tellsBlobs() {
        return false;
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
                "/repositories/acme/sales/commit/" + NEW + "/statuses/build",
                Map.of(
                        "state", "SUCCESSFUL",
                        "key", "sluice",
                        "description", "3 scripts promoted",
                        "url", "https://bitbucket.org/acme/sales/commits/" + NEW));
    }

    @Override
    Map.Entry<String, String> hooks() {
        return Map.entry("/repositories/acme/sales/hooks", "?pagelen=100&page=1");
    }

    @Override
    String hookPage(String hooks) {
        return "{\"pagelen\": 100, \"values\": [" + hooks + "]}";
    }

    @Override
    Map.Entry<String, String> hook(String address) {
        return Map.entry("{d4a0b2f0-1c5e-4f7a-9b7e-0c0d1f2a3b4c}", """
                {"type": "webhook_subscription", "uuid": "{d4a0b2f0-1c5e-4f7a-9b7e-0c0d1f2a3b4c}", "url": "%s",
                 "description": "Sluice", "active": true, "events": ["repo:push"], "secret_set": true}""".formatted(address));
    }

    @Override
    Map<String, Object> written() {
        return Map.of(
                "url", DELIVERIES.toString(), "active", true, "secret", "hook-secret", "events", List.of("repo:push"));
    }

    @Override
    String change() {
        return "PUT";
    }
}
