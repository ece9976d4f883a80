package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.SettableClock;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Queued scripts and the view of their jobs, seen through HTTP. The clock stands still between its steps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuedScriptsTest {
    private static final String ONE = "db._table.contact.{id}.patch";
    private static final String NOTE = "platform.api.post('db/_table/contact', {resource: [{name: %s}]});";

    @TempDir
    static Path data;

    private final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data, Map.of(Setting.JOBS_THREADS, "3"), clock);
        SqliteSample.serve(server, data, 3);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void clean() {
        Eventually.is("nothing runs", () -> jobs("state = 'running'").isEmpty());
        admin.delete("system/job?force=true").ok();
        admin.delete("system/event_script?force=true").ok();
        admin.delete("db/_table/contact?filter=" + Api.encode("id > 3")).ok();
        server.observed().forget();
    }

    private void save(String name, String content, Object... more) {
        Map<String, Object> record = new HashMap<>(
                Map.of("name", name, "type", "nodejs", "is_active", true, "timeout_ms", 300_000, "content", content));
        for (int i = 0; i < more.length; i += 2) {
            record.put((String) more[i], more[i + 1]);
        }
        admin.post("system/event_script/" + Api.encode(name), record).ok();
    }

    private static String note(String expression) {
        return NOTE.formatted(expression);
    }

    private Api.Answer touch() {
        return admin.patch("db/_table/contact/1?fields=age", Map.of("age", 7));
    }

    /** What scripts have noted, in order. */
    private List<String> notes() {
        return admin.get("db/_table/contact?order=id&filter=" + Api.encode("id > 3"))
                .ok()
                .column("name");
    }

    private List<String> jobs(String filter) {
        return admin.get("system/job?filter=" + Api.encode(filter)).ok().column("id");
    }

    private void noted(String... expected) {
        Eventually.is("notes " + List.of(expected), () -> notes().equals(List.of(expected)));
    }

    @Test
    void theAnswerIsSentBeforeTheScriptRuns() {
        save(
                ONE + ".queued",
                "while (!platform.api.get(\"db/_table/contact?filter=name='go'\").content.resource.length);"
                        + note("'ran ' + event.response.status_code + ' ' + event.response.content.age + ' '"
                                + " + event.request.payload.age + ' ' + event._event.stage + ' ' + event.job.try"));
        assertThat(touch().expect(200).number("/age")).isEqualTo(7);
        Eventually.is("it runs", () -> jobs("state = 'running'").size() == 1);
        assertThat(notes()).isEmpty();
        admin.post("db/_table/contact", Api.one(Map.of("name", "go"))).ok();
        noted("go", "ran 200 7 7 queued 1");
        Eventually.is("what is done is gone", () -> jobs("id > 0").isEmpty());
        assertThat(server.observed().of(Observation.JobQueued.class)).hasSize(1);
        assertThat(server.observed().of(Observation.JobRan.class))
                .singleElement()
                .satisfies(ran -> {
                    assertThat(ran.name()).isEqualTo("event:" + ONE + ".queued");
                    assertThat(ran.outcome()).isEqualTo("ok");
                });
    }

    @Test
    void aScriptWithTheBareNameRunsInsteadUnlessItIsInactive() {
        save(ONE, note("'final'"));
        save(ONE + ".queued", note("'queued'"));
        touch().ok();
        assertThat(notes()).containsExactly("final");
        assertThat(jobs("id > 0")).isEmpty();
        save(ONE, "", "is_active", false);
        touch().ok();
        noted("final", "queued");
    }

    @Test
    void theGenericOneIsQueuedBeforeTheConcreteOne() {
        save("db._table.{table_name}.{id}.patch.queued", "", "config", Map.of("delay", 100, "queue", "slow"));
        save(ONE + ".queued", "", "config", Map.of("delay", 100));
        touch().ok();
        Api.Answer list = admin.get("system/job?order=id&fields=name,queue,state,tries,next_at")
                .ok();
        assertThat(list.column("name"))
                .containsExactly("event:db._table.{table_name}.{id}.patch.queued", "event:" + ONE + ".queued");
        assertThat(list.column("queue")).containsExactly("slow", "default");
        assertThat(list.column("state")).containsExactly("waiting", "waiting");
        assertThat(list.text("/resource/0/next_at"))
                .isEqualTo(clock.instant().plusSeconds(100).toString());
    }

    @Test
    void aFailedRunIsTriedAgainAfterEverLongerPausesAndThenKept() {
        save(ONE + ".queued", "throw new Error('no luck');");
        touch().ok();
        String id = awaitJob("failed", 1);
        int[] pauses = {1, 6, 36, 216};
        for (int tries = 1; tries < 5; tries++) {
            Api.Answer job = admin.get("system/job/" + id).ok();
            assertThat(job.text("/last_error")).contains("no luck");
            assertThat(Instant.parse(job.text("/next_at")))
                    .isEqualTo(clock.instant().plusSeconds(pauses[tries - 1]));
            clock.advance(Duration.ofSeconds(pauses[tries - 1]));
            awaitJob(tries == 4 ? "dead_letter" : "failed", tries + 1);
        }
        clock.advance(Duration.ofHours(1));
        assertThat(server.observed().count(Observation.JobFailed.class)).isEqualTo(4);
        assertThat(server.observed().count(Observation.JobDead.class)).isEqualTo(1);
        Api.Answer dead = admin.get("system/job/" + id).ok();
        assertThat(dead.at("/next_at").isNull()).isTrue();

        save(ONE + ".queued", note("'better'"));
        assertThat(admin.post("system/job/" + id + "/retry", "").expect(200).number("/tries"))
                .isZero();
        noted("better");
        Eventually.is("it is gone", () -> admin.get("system/job/" + id).status() == 404);
        assertThat(admin.post("system/job/" + id + "/retry", "").status()).isEqualTo(404);
    }

    private String awaitJob(String state, int tries) {
        Eventually.is(
                state + " after " + tries,
                () -> jobs("(state = '" + state + "') and (tries = " + tries + ")")
                                .size()
                        == 1);
        return jobs("id > 0").getFirst();
    }

    @Test
    void aJobThatWaitsCanBeDeletedButNotRetried() {
        save(ONE + ".queued", note("'never'"), "config", Map.of("QUEUED_DELAY", "60"));
        touch().ok();
        String id = jobs("state = 'waiting'").getFirst();
        assertThat(admin.post("system/job/" + id + "/retry", "").expect(409).message())
                .contains("waiting");
        assertThat(admin.patch("system/job/" + id, Map.of("state", "x")).status())
                .isEqualTo(400);
        assertThat(admin.post("system/job", Api.one(Map.of("name", "x"))).status())
                .isEqualTo(400);
        admin.delete("system/job/" + id).ok();
        assertThat(admin.delete("system/job/" + id).status()).isEqualTo(404);
        clock.advance(Duration.ofMinutes(2));
        save("db._table.contact.{id}.get.queued", note("'after'"));
        admin.get("db/_table/contact/1").ok();
        noted("after");
    }

    @Test
    void aRunningJobCanBeNeitherDeletedNorRetried() {
        save(
                ONE + ".queued",
                "while (!platform.api.get(\"db/_table/contact?filter=name='go'\").content.resource.length);");
        touch().ok();
        Eventually.is("it runs", () -> jobs("state = 'running'").size() == 1);
        String id = jobs("id > 0").getFirst();
        assertThat(admin.delete("system/job/" + id).status()).isEqualTo(409);
        assertThat(admin.post("system/job/" + id + "/retry", "").status()).isEqualTo(409);
        admin.post("db/_table/contact", Api.one(Map.of("name", "go"))).ok();
    }

    @Test
    void itRunsAsItsCallerWithTheRightsOfTheMoment() {
        long service = admin.get("system/service?filter=" + Api.encode("name = 'db'"))
                .ok()
                .number("/resource/0/id");
        long role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "editors",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(
                                        access(service, "_table/contact", 31, 2),
                                        access(service, "_table/contact/*", 8, 1)))))
                .expect(201)
                .number("/resource/0/id");
        String key = admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", "editor", "is_active", true, "type", 0, "role_id", role)))
                .expect(201)
                .text("/resource/0/api_key");
        Api editor = server.anonymous().withKey(key);
        save(
                ONE + ".queued",
                note("platform.session.role.name + ' ' + platform.session.requestor + ' '"
                        + " + platform.api.get('db/_schema/contact').status_code"
                        + " + (event.request.headers['x-dreamfactory-api-key'] === '" + key + "')"),
                "config",
                Map.of("delay", 5));
        assertThat(editor.post("db/_table/contact", Api.one(Map.of("name", "x")))
                        .status())
                .isGreaterThanOrEqualTo(400);
        editor.patch("db/_table/contact/1", Map.of("age", 1)).ok();
        clock.advance(Duration.ofSeconds(5));
        noted("editors SCRIPT 401false");

        editor.patch("db/_table/contact/1", Map.of("age", 1)).ok();
        admin.patch("system/role/" + role, Map.of("is_active", false)).ok();
        clock.advance(Duration.ofSeconds(5));
        String id = awaitJob("dead_letter", 1);
        assertThat(admin.get("system/job/" + id).text("/last_error")).contains("role 'editors'", "deactivated");
        admin.patch("system/role/" + role, Map.of("is_active", true)).ok();
        admin.post("system/job/" + id + "/retry", "").ok();
        noted("editors SCRIPT 401false", "editors SCRIPT 401false");

        editor.patch("db/_table/contact/1", Map.of("age", 1)).ok();
        admin.delete("system/role/" + role).ok();
        clock.advance(Duration.ofSeconds(5));
        assertThat(admin.get("system/job/" + awaitJob("dead_letter", 1)).text("/last_error"))
                .contains("role of its caller", "deleted");
    }

    private static Map<String, Object> access(long service, String component, int verbs, int requestors) {
        return Map.of("service_id", service, "component", component, "verb_mask", verbs, "requestor_mask", requestors);
    }

    @Test
    void aScriptThatIsGoneMeanwhileIsADeadLetter() {
        save(ONE + ".queued", "", "config", Map.of("delay", 5));
        touch().ok();
        admin.delete("system/event_script/" + Api.encode(ONE + ".queued")).ok();
        clock.advance(Duration.ofSeconds(5));
        assertThat(admin.get("system/job/" + awaitJob("dead_letter", 1)).text("/last_error"))
                .contains("deleted meanwhile");
    }

    @Test
    void thousandJobsRunOnceEach() {
        service("bulk", note("'job ' + event.job.id + ' of ' + event.request.parameters.n"));
        for (int n = 0; n < 1_000; n++) {
            assertThat(admin.post("bulk/some/where?n=" + n, Map.of("a", n))
                            .expect(202)
                            .body())
                    .isEqualTo("{\"success\":true}");
        }
        Eventually.is(
                "all are done",
                () -> admin.get("system/job?count_only=true").body().equals("0"));
        List<String> notes = notes();
        assertThat(notes).hasSize(1_000);
        assertThat(new HashSet<>(notes)).hasSize(1_000);
        assertThat(server.observed().count(Observation.JobRan.class)).isEqualTo(1_000);
        admin.delete("system/service?filter=" + Api.encode("name = 'bulk'"));
    }

    private void service(String name, String content) {
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
                                Map.of("queued", true, "content", content))))
                .expect(201);
    }

    @Test
    void whatIsKeptForLaterIsSealed() throws Exception {
        save(ONE + ".queued", "", "config", Map.of("delay", 5));
        admin.patch("db/_table/contact/1", Map.of("email", "secret@example.com"))
                .ok();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("sluice.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select payload from job")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).startsWith("enc:1:").doesNotContain("secret");
        }
    }

    @Test
    void aScriptThatQueuesItselfEndsSomewhere() {
        save(ONE + ".queued", "platform.api.patch('db/_table/contact/1', {age: event.response.content.age + 1});");
        admin.patch("db/_table/contact/1?fields=age", Map.of("age", 0)).ok();
        Eventually.is("it ends", () -> server.observed().count(Observation.JobRefused.class) == 1);
        assertThat(server.observed().of(Observation.JobRefused.class).getFirst().why())
                .contains("100 queued runs");
        assertThat(server.observed().count(Observation.JobQueued.class)).isEqualTo(100);
    }

    @Test
    void theListOfEventsAndTheResourcesShowThem() {
        assertThat(admin.get("system/event?service=db&scriptable=true&as_list=true")
                        .ok()
                        .body())
                .contains("\"db._table.contact.get.queued\"".replace("contact", "{table_name}"));
        assertThat(admin.get("system?as_access_list=true").ok().body()).contains("\"job/\"", "\"job/*\"");
        assertThat(admin.get("system").ok().column("name")).contains("job");
        assertThat(admin.get("api_docs/system").ok().body()).contains("/job/{id}/retry");
    }
}
