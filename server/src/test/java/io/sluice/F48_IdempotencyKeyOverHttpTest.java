package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parallel and repeated clients of a whole server: one row, one run of each script. */
class F48_IdempotencyKeyOverHttpTest {
    @TempDir
    Path data;

    private TestServer server;
    private Api admin;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 1);
        admin = server.admin();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Api keyed(String key) {
        return admin.with("Idempotency-Key", key);
    }

    private String rows() {
        return admin.get("db/_table/contact?count_only=true").ok().body();
    }

    private static boolean replayed(Api.Answer answer) {
        return answer.raw().headers().firstValue("Idempotency-Replayed").isPresent();
    }

    @Test
    void repeated_with_the_same_and_with_another_body() {
        Api.Answer first = keyed("a")
                .post("db/_table/contact?fields=*", Api.one(Map.of("name", "Ann")))
                .ok();
        Api.Answer second = keyed("a")
                .post("db/_table/contact?fields=*", Api.one(Map.of("name", "Ann")))
                .ok();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(replayed(first)).isFalse();
        assertThat(replayed(second)).isTrue();
        Api.Answer other = keyed("a")
                .post("db/_table/contact?fields=*", Api.one(Map.of("name", "Bo")))
                .expect(422);
        assertThat(other.text("/error/context/reason")).isEqualTo("idempotency_key_reused");
        assertThat(rows()).isEqualTo("2");
    }

    @Test
    void a_batch_error_is_repeated_as_it_was() {
        Map<String, Object> body = Map.of("resource", List.of(Map.of("name", "Ann"), Map.of("age", 1)));
        Api.Answer first = keyed("a").post("db/_table/contact", body).expect(400);
        Api.Answer second = keyed("a").post("db/_table/contact", body).expect(400);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(rows()).isEqualTo("2");
    }

    @Test
    void parallel_clients_make_one_row() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Api.Answer>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                answers.add(clients.submit(() -> {
                    go.await();
                    return keyed("p").post("db/_table/contact", Api.one(Map.of("name", "Ann")));
                }));
            }
            go.countDown();
        }
        int made = 0;
        for (Future<Api.Answer> each : answers) {
            Api.Answer answer = each.get();
            if (answer.status() == 409) {
                assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
            } else {
                made += replayed(answer.ok()) ? 0 : 1;
            }
        }
        assertThat(made).isEqualTo(1);
        assertThat(rows()).isEqualTo("2");
    }

    @Test
    void scripts_and_what_they_call_run_once() {
        String event = "db._table.contact.post.post_process";
        admin.post(
                        "system/event_script/" + event,
                        Map.of(
                                "name",
                                event,
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "content",
                                "if (event.request.payload.resource[0].name !== 'nested') {"
                                        + " platform.api.post('db/_table/contact', {resource: [{name: 'nested'}]}); }"))
                .ok();
        keyed("s").post("db/_table/contact", Api.one(Map.of("name", "outer"))).ok();
        assertThat(rows()).isEqualTo("3");
        keyed("s").post("db/_table/contact", Api.one(Map.of("name", "outer"))).ok();
        assertThat(rows()).isEqualTo("3");
    }

    private void script(String event, String content) {
        admin.post(
                        "system/event_script/" + event,
                        Map.of("name", event, "type", "nodejs", "is_active", true, "content", content))
                .ok();
    }

    private static String reason(Api.Answer answer) {
        return answer.text("/error/context/reason");
    }

    @Test
    void a_script_that_fails_after_the_row_was_made_does_not_make_it_twice() {
        script("db._table.contact.post.post_process", "throw new Error('no');");
        keyed("s").post("db/_table/contact", Api.one(Map.of("name", "Ann"))).expect(500);
        Api.Answer again = keyed("s").post("db/_table/contact", Api.one(Map.of("name", "Ann")));
        assertThat(reason(again.expect(409))).isEqualTo("idempotency_outcome_unknown");
        assertThat(rows()).isEqualTo("2");
    }

    @Test
    void a_database_that_is_not_reached_frees_the_key_but_for_what_scripts_did() {
        Map<String, Object> nowhere = Map.of(
                "host",
                "127.0.0.1",
                "port",
                1,
                "database",
                "x",
                "username",
                "x",
                "password",
                "x",
                "connect_timeout",
                1);
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "gone",
                                "label",
                                "Gone",
                                "type",
                                "pgsql",
                                "is_active",
                                true,
                                "config",
                                nowhere)))
                .expect(201);
        for (int i = 0; i < 2; i++) {
            Api.Answer answer = keyed("g").post("gone/_table/t", Api.one(Map.of("name", "Ann")));
            assertThat(reason(answer.expect(503))).isEqualTo("database_unavailable");
        }
        script("gone._table.t.post.pre_process", "platform.api.post('db/_table/contact', {resource: [{name: 'n'}]});");
        keyed("p").post("gone/_table/t", Api.one(Map.of("name", "Ann"))).expect(503);
        Api.Answer again = keyed("p").post("gone/_table/t", Api.one(Map.of("name", "Ann")));
        assertThat(reason(again.expect(409))).isEqualTo("idempotency_outcome_unknown");
        assertThat(rows()).isEqualTo("2");
    }

    @Test
    void the_system_service_too_but_no_logins() {
        Map<String, Object> role = Api.one(Map.of("name", "reader"));
        Api.Answer first = keyed("r").post("system/role", role).expect(201);
        assertThat(keyed("r").post("system/role", role).expect(201).body()).isEqualTo(first.body());
        Map<String, Object> login = Map.of("email", TestServer.EMAIL, "password", TestServer.PASSWORD);
        for (int i = 0; i < 2; i++) {
            assertThat(replayed(keyed("l").post("system/admin/session", login).ok()))
                    .isFalse();
        }
    }

    @Test
    void a_key_survives_a_restart_and_a_lost_right_hides_the_answer() {
        keyed("a").post("db/_table/contact", Api.one(Map.of("name", "Ann"))).ok();
        server.close();
        server = TestServer.start(data);
        admin = server.admin();
        assertThat(replayed(keyed("a")
                        .post("db/_table/contact", Api.one(Map.of("name", "Ann")))
                        .ok()))
                .isTrue();
        server.anonymous()
                .with("Idempotency-Key", "a")
                .post("db/_table/contact", Api.one(Map.of("name", "Ann")))
                .expect(400);
        assertThat(rows()).isEqualTo("2");
    }
}
