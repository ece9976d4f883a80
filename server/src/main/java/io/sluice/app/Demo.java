package io.sluice.app;

import io.sluice.config.Settings;
import io.sluice.config.Settings.FirstAdministrator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code sluice demo}: the server with a sample database as service {@code db}, a bare Git repository as service {@code repo},
 * an event script and a script service linked to it, an app that may read and an app for the webhook. Everything is made through
 * our own API on the first start and lies below {@code DATA/demo}.
 */
final class Demo {
    private static final String EVENT = "db._table.orders.get.post_process";
    private final Path folder;
    private final OwnClient api;

    private Demo(Path folder, OwnClient api) {
        this.folder = folder;
        this.api = api;
    }

    static int run(Settings settings, PrintWriter out) {
        Path folder = settings.dataDir().resolve("demo");
        FirstAdministrator login = DemoLogin.readOrMake(folder.resolve("login.txt"));
        Server server = Server.start(forDemo(settings, folder, login));
        try {
            Demo demo = new Demo(folder, new OwnClient(server.api()));
            demo.api.login(login.email(), login.password());
            DemoKeys keys = Files.exists(folder.resolve("sales.db")) ? demo.keys() : demo.make();
            DemoRepository.tellOnPush(folder, server.address(), EVENT, keys.webhook());
            server.announce(out);
            out.println(DemoText.of(server.address(), folder, login, keys, EVENT));
        } catch (IOException e) {
            server.close();
            throw new StartException("Cannot make the demo in " + folder + ": " + e.getMessage(), e);
        }
        server.awaitEnd();
        return 0;
    }

    private static Settings forDemo(Settings settings, Path folder, FirstAdministrator login) {
        List<Path> roots = new ArrayList<>(settings.filesRoots());
        roots.add(folder);
        return settings.withFilesRoots(roots).withFirstAdministrator(Optional.of(login));
    }

    private DemoKeys make() throws IOException {
        Path halfDone = folder.resolve("sales.db.new");
        SampleDatabase.make(halfDone);
        DemoRepository.make(folder.resolve("git/scripts.git"));
        Files.move(halfDone, folder.resolve("sales.db"));
        long db = service(
                "db",
                "Sample sales",
                "sqlite",
                Map.of("database", folder.resolve("sales.db").toString()));
        long repo = service("repo", "Scripts", "git", Map.of("base_url", "file://" + folder.resolve("git")));
        api.create(
                "system/service",
                Map.of(
                        "name",
                        "hello",
                        "label",
                        "Hello",
                        "type",
                        "nodejs",
                        "is_active",
                        true,
                        "config",
                        link(repo, "hello.js")));
        Map<String, Object> script = link(repo, "orders.js");
        script.putAll(Map.of("name", EVENT, "type", "nodejs", "is_active", true, "allow_event_modification", true));
        api.post("system/event_script/" + EVENT, script);
        long hello = id(api.named("system/service", "hello"));
        long system = id(api.named("system/service", "system"));
        return new DemoKeys(
                app(
                        "demo",
                        "reads the sample",
                        List.of(access(db, "*", 1), access(hello, "*", 1), access(hello, "", 1))),
                app(
                        "webhook",
                        "clears script caches",
                        List.of(access(system, "cache/hello", 16), access(system, "cache/_event/" + EVENT, 16))));
    }

    private DemoKeys keys() {
        return new DemoKeys(key(api.named("system/app", "demo")), key(api.named("system/app", "webhook")));
    }

    private long service(String name, String label, String type, Map<String, ?> config) {
        return id(api.create(
                "system/service",
                Map.of("name", name, "label", label, "type", type, "is_active", true, "config", config)));
    }

    private static Map<String, Object> link(long repo, String path) {
        return new java.util.HashMap<>(Map.of(
                "content",
                "",
                "storage_service_id",
                repo,
                "scm_repository",
                "scripts.git",
                "scm_reference",
                "main",
                "storage_path",
                path));
    }

    private String app(String name, String role, List<Map<String, Object>> access) {
        long id = id(api.create(
                "system/role", Map.of("name", role, "is_active", true, "role_service_access_by_role_id", access)));
        return key(api.create("system/app", Map.of("name", name, "is_active", true, "type", 0, "role_id", id)));
    }

    private static Map<String, Object> access(long service, String component, int verbs) {
        return Map.of("service_id", service, "component", component, "verb_mask", verbs, "requestor_mask", 3);
    }

    private static long id(Map<?, ?> record) {
        return record.get("id") instanceof Number id ? id.longValue() : -1;
    }

    private static String key(Map<?, ?> app) {
        return String.valueOf(app.get("api_key"));
    }
}
