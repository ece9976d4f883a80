package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The {@code bitbucket} type against the examples of the documentation of Bitbucket Server and Data Center; not checked against one. */
class BitbucketServerContractTest extends ProviderContract {
    private static final String REPO = "/rest/api/1.0/projects/acme/repos/sales";

    @Override
    String type() {
        return "bitbucket";
    }

    @Override
    String api() {
        return "/rest/api/1.0";
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
                {"id": "%s", "displayId": "%s", "author": {"name": "Ann Vale", "emailAddress": "ann@example.com"},
                 "authorTimestamp": 1767348000000, "committer": {"name": "Ann Vale"}, "committerTimestamp": 1767348000000,
                 "message": "Count orders\\n\\nOnce and for all.", "parents": []}""".formatted(id, id.substring(0, 11));
    }

    private static String values(String... values) {
        return "{\"size\": 1, \"limit\": 25, \"isLastPage\": true, \"start\": 0, \"values\": ["
                + String.join(",", values) + "]}";
    }

    private static Said page(String... values) {
        return Said.json(values(values));
    }

    private static String entry(String name, String type) {
        return """
                {"path": {"components": ["%s"], "parent": "", "name": "%s", "toString": "%s"}, "contentId": "%s",
                 "type": "%s", "size": 8}""".formatted(name, name, name, BLOB, type);
    }

    @Override
    void describe(StubHost host) {
        String newest = "GET " + REPO + "/commits?";
        host.on(newest + "start=0&limit=1", page(commit(NEW)));
        Map.of("main", NEW, "feature%2Fx", OLD, "v1", OLD, OLD, OLD, NEW, NEW, OTHER, OTHER)
                .forEach((name, id) -> host.on(newest + "until=" + name + "&start=0&limit=1", page(commit(id))));
        files(host);
        lists(host);
    }

    private static void files(StubHost host) {
        file(host, NEW, "orders.js", "return 1");
        file(host, OLD, "orders.js", "return 0");
        file(host, NEW, "lib/money.js", "1");
        file(host, NEW, "lfs.js", LFS);
        String browse = "GET " + REPO + "/browse";
        host.on(browse + "/lib?at=" + NEW + "&type=true", Said.json("{\"type\": \"DIRECTORY\"}"))
                .on(browse + "/sub?at=" + NEW + "&type=true", Said.json("{\"type\": \"SUBMODULE\"}"))
                .on(browse + "/lib?at=" + NEW + "&start=0&limit=500", children("", entry("money.js", "FILE")))
                .on(
                        browse + "?at=" + NEW + "&start=0&limit=500",
                        children(", \"nextPageStart\": 1", entry("lib", "DIRECTORY")))
                .on(browse + "?at=" + NEW + "&start=1&limit=500", children("", entry("orders.js", "FILE")));
    }

    private static Said children(String next, String entry) {
        return Said.json("{\"path\": {\"components\": []}, \"revision\": \"" + NEW
                + "\", \"children\": {\"size\": 1, \"start\": 0," + " \"values\": [" + entry + "]" + next + "}}");
    }

    private static void file(StubHost host, String commit, String path, String text) {
        host.on("GET " + REPO + "/raw/" + path + "?at=" + commit, Said.file(text))
                .on(
                        "GET " + REPO + "/browse/" + path + "?at=" + commit + "&type=true",
                        Said.json("{\"type\": \"FILE\"}"));
    }

    private static void lists(StubHost host) {
        String commits = "GET " + REPO + "/commits?";
        host.on(commits + "until=" + OLD + "&since=" + NEW + "&limit=1", page())
                .on(commits + "until=" + NEW + "&since=" + OLD + "&limit=1", page(commit(NEW)))
                .on(commits + "until=" + OTHER + "&since=" + NEW + "&limit=1", page(commit(OTHER)))
                .on(commits + "until=" + NEW + "&since=" + OTHER + "&limit=1", page(commit(NEW)))
                .on(commits + "until=main&start=0&limit=2", page(commit(NEW), commit(OLD)))
                .on(commits + "until=main&path=orders.js&start=0&limit=2", page(commit(NEW)))
                .on(
                        "GET " + REPO + "/default-branch",
                        Said.json("{\"id\": \"refs/heads/main\", \"displayId\": \"main\", \"type\": \"BRANCH\"}"))
                .on(
                        "GET /rest/api/1.0/projects/acme/repos?start=0&limit=50",
                        page("{\"slug\": \"sales\", \"id\": 1, \"name\": \"sales\", \"project\": {\"key\": \"acme\"}}"))
                .on("GET " + REPO + "/branches?start=0&limit=50", page(named("feature/x", OLD), named("main", NEW)))
                .on("GET " + REPO + "/tags?start=0&limit=50", page(named("v1", OLD)));
    }

    private static String named(String name, String commit) {
        return "{\"id\": \"refs/heads/" + name + "\", \"displayId\": \"" + name
                + "\", \"type\": \"BRANCH\", \"latestCommit\": \"" + commit + "\", \"isDefault\": false}";
    }

    @Test
    void f18_submodulesAreNotFollowed() {
        service.missing("submodule", "sales", "main", "sub");
        service.missing("folder", "sales", "main", "lib");
    }

    @Test
    void theAddressOfTheServerAloneWillDo() {
        try (Calls plain = open(Map.of("base_url", host.uri().toString()))) {
            assertThat(plain.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
        }
    }

    @Override
    boolean tellsBlobs() {
        return false;
    }

    @Override
    String question() {
        return REPO + "/default-branch";
    }

    @Override
    Said answerOf(String question) {
        return Said.json("{\"id\": \"refs/heads/main\", \"displayId\": \"main\", \"type\": \"BRANCH\"}");
    }

    @Override
    Map.Entry<String, Map<String, Object>> status() {
        return Map.entry(
                "/projects/acme/repos/sales/commits/" + NEW + "/builds",
                Map.of(
                        "state", "SUCCESSFUL",
                        "key", "sluice",
                        "description", "3 scripts promoted",
                        "url", host.uri() + "/projects/acme/repos/sales/commits/" + NEW));
    }

    @Override
    Map.Entry<String, String> hooks() {
        return Map.entry("/projects/acme/repos/sales/webhooks", "?start=0&limit=100");
    }

    @Override
    String hookPage(String hooks) {
        return hooks.isEmpty() ? values() : values(hooks);
    }

    @Override
    Map.Entry<String, String> hook(String address) {
        return Map.entry("10", """
                {"id": 10, "name": "Sluice", "events": ["repo:refs_changed"], "configuration": {"secret": "password"},
                 "url": "%s", "active": true, "sslVerificationRequired": true}""".formatted(address));
    }

    @Override
    Map<String, Object> written() {
        return Map.of(
                "url", DELIVERIES.toString(),
                "active", true,
                "events", List.of("repo:refs_changed"),
                "configuration", Map.of("secret", "hook-secret"));
    }

    @Override
    String change() {
        return "PUT";
    }
}
