package io.sluice;

import static io.sluice.testing.Api.encode;
import static io.sluice.testing.Api.one;

import io.sluice.testing.Api;
import io.sluice.testing.GitServer;
import io.sluice.testing.GithubHost;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the story takes place: a server, a GitHub and a Git server, and how an administrator sets things up there. */
final class Stage implements AutoCloseable {
    final TestServer server;
    final GithubHost github;
    final GitServer git;
    final Api admin;

    private Stage(TestServer server, GithubHost github, GitServer git) {
        this.server = server;
        this.github = github;
        this.git = git;
        admin = server.admin();
    }

    static Stage open(Path folder) throws Exception {
        GitServer git = GitServer.start(Files.createDirectories(folder.resolve("git")));
        git.create("scripts.git");
        GithubHost github = GithubHost.start();
        return new Stage(TestServer.start(folder.resolve("data")), github, git);
    }

    @Override
    public void close() throws Exception {
        server.close();
        github.close();
        git.close();
    }

    void service(String name, String label, String type, Map<String, Object> config) {
        admin.post(
                        "system/service",
                        one(Map.of("name", name, "label", label, "type", type, "is_active", true, "config", config)))
                .expect(201);
    }

    static String payload(String delivery) throws IOException {
        try (var in = Stage.class.getResourceAsStream("/github/webhook-" + delivery + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    long id(String resource, String name) {
        return admin.get(resource + "?fields=id&filter=" + encode("name='" + name + "'"))
                .ok()
                .number("/resource/0/id");
    }

    static Map<String, Object> access(long service, String component, int verbs) {
        return Map.of("service_id", service, "component", component, "verb_mask", verbs, "requestor_mask", 3);
    }

    long role(String name, List<Map<String, Object>> access) {
        return admin.post(
                        "system/role",
                        one(Map.of("name", name, "is_active", true, "role_service_access_by_role_id", access)))
                .expect(201)
                .number("/resource/0/id");
    }

    String app(String name, long role) {
        return admin.post(
                        "system/app?fields=*", one(Map.of("name", name, "is_active", true, "type", 0, "role_id", role)))
                .expect(201)
                .text("/resource/0/api_key");
    }

    void save(String name, Map<String, Object> fields) {
        Map<String, Object> record = new HashMap<>(
                Map.of("name", name, "type", "nodejs", "is_active", true, "allow_event_modification", false));
        record.putAll(fields);
        admin.post("system/event_script/" + name, record).ok();
    }

    void link(String name, Map<String, Object> link) {
        Map<String, Object> record = new HashMap<>(Map.of("content", "", "allow_event_modification", true));
        record.putAll(Map.of("scm_repository", "", "scm_reference", ""));
        record.putAll(link);
        save(name, record);
    }
}
