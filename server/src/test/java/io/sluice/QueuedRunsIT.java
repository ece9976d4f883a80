package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queued runs outlive the process: F55, kill -9 before and during a run. */
class QueuedRunsIT {
    private static final String EMAIL = "admin@example.com";
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path data;

    private ServerProcess serve() throws IOException {
        return ServerProcess.jar(
                Map.of("SLUICE_ADMIN_EMAIL", EMAIL, "SLUICE_ADMIN_PASSWORD", PASSWORD),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--data",
                data.toString());
    }

    private static Api admin(ServerProcess server) {
        return Api.at(server.address()).login(EMAIL, PASSWORD);
    }

    /** A script service that answers later; what it does is seen as a lookup of that name. */
    private static void service(Api admin, String name, int delay, String before) {
        String note = "platform.api.post('system/lookup', {resource: [{name: '" + name
                + "-' + event.job.id, value: String(event.job.try)}]});";
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                name,
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "config",
                                Map.of(
                                        "queued",
                                        true,
                                        "allow_system",
                                        true,
                                        "timeout_ms",
                                        300_000,
                                        "config",
                                        Map.of("delay", delay),
                                        "content",
                                        before + note))))
                .expect(201);
    }

    private static List<String> lookups(Api admin, String name) {
        return admin.get("system/lookup?filter=" + Api.encode("name like '" + name + "-%'"))
                .ok()
                .column("value");
    }

    @Test
    void whatWasPromisedRunsAfterACrash() throws Exception {
        try (ServerProcess server = serve()) {
            Api admin = admin(server);
            service(admin, "later", 2, "");
            admin.post("later", Map.of("n", 1)).expect(202);
            server.kill();
        }
        try (ServerProcess server = serve()) {
            Api admin = admin(server);
            Eventually.is("it ran", () -> lookups(admin, "later").equals(List.of("1")));
            Eventually.is("once", () -> admin.get("system/job?count_only=true").body().equals("0"));
        }
    }

    @Test
    void whatWasCutOffRunsAgainUnderTheSameId() throws Exception {
        String id;
        try (ServerProcess server = serve()) {
            Api admin = admin(server);
            service(
                    admin,
                    "long",
                    0,
                    "while (!platform.api.get(\"system/lookup?filter=name='go'\").content.resource.length);");
            admin.post("long", Map.of("n", 1)).expect(202);
            Eventually.is(
                    "it runs",
                    () -> admin.get("system/job").ok().column("state").equals(List.of("running")));
            id = admin.get("system/job").ok().text("/resource/0/id");
            server.kill();
        }
        try (ServerProcess server = serve()) {
            Api admin = admin(server);
            admin.post("system/lookup", Api.one(Map.of("name", "go", "value", "1"))).expect(201);
            Eventually.is("it ran", () -> lookups(admin, "long").equals(List.of("2")));
            assertThat(admin.get("system/lookup?filter=" + Api.encode("name = 'long-" + id + "'"))
                            .ok()
                            .column("value"))
                    .containsExactly("2");
        }
    }
}
