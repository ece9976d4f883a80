package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which events a call fires, with which resource, in which order (scripting.md 2.2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventNamesTest {
    private static final List<String> STAGES = List.of(".pre_process", ".post_process", "");

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 3);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeScripts() {
        admin.delete("system/event_script?force=true").ok();
    }

    /** Scripts in every stage of these events, which only tell that they ran. */
    private void listen(String... events) {
        for (String event : events) {
            for (String stage : STAGES) {
                admin.post(
                                "system/event_script/" + Api.encode(event + stage),
                                Map.of(
                                        "name",
                                        event + stage,
                                        "type",
                                        "nodejs",
                                        "is_active",
                                        true,
                                        "content",
                                        "console.log(event.name + ' ' + JSON.stringify(event.resource));"))
                        .ok();
            }
        }
        server.observed().forget();
    }

    private List<String> told() {
        return server.observed().of(Observation.ScriptPrinted.class).stream()
                .map(Observation.ScriptPrinted::text)
                .toList();
    }

    /** Generic before concrete within each stage, pre before post before final. */
    private static List<String> chain(String... eventsWithResource) {
        List<String> chain = new ArrayList<>();
        for (String stage : STAGES) {
            for (int i = 0; i < eventsWithResource.length; i += 2) {
                chain.add(eventsWithResource[i] + stage + " " + eventsWithResource[i + 1]);
            }
        }
        return chain;
    }

    @Test
    void everyAddressOfADatabaseFiresItsGenericThenItsConcreteEvent() {
        Map<String, String[]> table = new LinkedHashMap<>();
        table.put("db", new String[] {"db.get", "''"});
        table.put("db/_table", new String[] {"db._table.get", "''"});
        table.put(
                "db/_table/contact",
                new String[] {"db._table.{table_name}.get", "'contact'", "db._table.contact.get", "'contact'"});
        table.put(
                "db/_table/contact/2",
                new String[] {"db._table.{table_name}.{id}.get", "'contact/2'", "db._table.contact.{id}.get", "'2'"});
        table.put(
                "db/_table/contact/2/x",
                new String[] {"db._table.{table_name}.get", "'contact/2/x'", "db._table.contact.get", "'contact/2/x'"});
        table.put(
                "db/_schema/contact",
                new String[] {"db._schema.{table_name}.get", "'contact'", "db._schema.contact.get", "'contact'"});
        table.put("db/_schema/contact/name", new String[] {
            "db._schema.{table_name}.{field}.get", "'contact/name'", "db._schema.contact.{field}.get", "'name'"
        });
        table.put(
                "db/_proc/p(1,2)",
                new String[] {"db._proc.{procedure_name}.get", "'p(1,2)'", "db._proc.p.get", "'p(1,2)'"});
        table.put("db/_func/f(a)", new String[] {"db._func.{function_name}.get", "'f(a)'", "db._func.f.get", "'f(a)'"});
        table.forEach((address, expected) -> {
            String[] quoted = new String[expected.length];
            String[] events = new String[expected.length / 2];
            for (int i = 0; i < expected.length; i++) {
                quoted[i] = expected[i].replace('\'', '"');
                events[i / 2] = expected[i / 2 * 2];
            }
            listen(events);
            admin.get(address);
            assertThat(told()).as(address).isEqualTo(chain(quoted));
            removeScripts();
        });
    }

    @Test
    void namesAreTheTablesOwnHoweverTheyAreTyped() {
        listen("db._table.contact.get");
        admin.get("db/_table/CONTACT?limit=1").ok();
        admin.get("db/_table/Contact/1");
        assertThat(told()).isEqualTo(chain("db._table.contact.get", "\"CONTACT\""));
    }

    @Test
    void anAliasIsTheNameOfItsTable() {
        admin.patch("db/_schema/contact", Map.of("name", "contact", "alias", "people"))
                .ok();
        try {
            listen("db._table.people.get");
            admin.get("db/_table/People?limit=1").ok();
            assertThat(told()).isEqualTo(chain("db._table.people.get", "\"People\""));
            assertThat(admin.get("system/event?service=db")
                            .ok()
                            .at("/db/db._table.{table_name}/parameter/table_name/0")
                            .asString())
                    .isEqualTo("people");
        } finally {
            admin.patch("db/_schema/people", Map.of("name", "people", "alias", ""))
                    .ok();
        }
    }

    @Test
    void filesHaveTheirFoldersAndFiles() {
        admin.post("files/a/", null);
        admin.with("Content-Type", "text/plain").post("files/a/b.txt", "text").ok();
        listen("files.get", "files.{folder_path}.get", "files.{file_path}.get");
        admin.get("files").ok();
        admin.get("files/a/").ok();
        assertThat(admin.get("files/a/b.txt").ok().body()).isEqualTo("text");
        List<String> expected = new ArrayList<>(chain("files.get", "\"\""));
        expected.addAll(chain("files.{folder_path}.get", "\"a/\""));
        expected.addAll(chain("files.{file_path}.get", "\"a/b.txt\""));
        assertThat(told()).isEqualTo(expected);
    }

    @Test
    void theSystemHasItsResourcesAndTheUserServiceItsOwn() {
        listen("system.user.get", "system.admin.session.get", "user.session.get", "system.get");
        admin.get("system/user/5");
        admin.get("system/admin/session").ok();
        admin.get("user/session").ok();
        admin.get("system").ok();
        List<String> expected = new ArrayList<>(chain("system.user.get", "\"5\""));
        expected.addAll(chain("system.admin.session.get", "\"\""));
        expected.addAll(chain("user.session.get", "\"\""));
        expected.addAll(chain("system.get", "\"\""));
        assertThat(told()).isEqualTo(expected);
    }

    @Test
    void aLoginFiresThePostOfItsSession() {
        listen("system.admin.session.post");
        server.admin();
        assertThat(told()).isEqualTo(chain("system.admin.session.post", "\"\""));
    }

    @Test
    void theVerbIsTheOneAfterTheOverride() {
        listen("db._table.contact.get", "db._table.contact.post");
        admin.with("X-HTTP-Method", "GET").post("db/_table/contact?limit=1", "").ok();
        assertThat(told()).isEqualTo(chain("db._table.contact.get", "\"contact\""));
    }

    @Test
    void aConcretePreScriptStillRunsOnceTheGenericOneHasAnsweredButNotOnceItHasThrown() {
        String generic = "db._table.{table_name}.get.pre_process";
        String concrete = "db._table.contact.get.pre_process";
        edit(generic, "event.response = {content: {by: 'generic'}, status_code: 202};");
        edit(concrete, "event.response.content.then = 'concrete';");
        assertThat(admin.get("db/_table/contact").expect(202).body())
                .isEqualTo("{\"by\":\"generic\",\"then\":\"concrete\"}");
        edit(generic, "throw new Error('no');");
        server.observed().forget();
        assertThat(admin.get("db/_table/contact").expect(500).message()).isEqualTo("no");
        assertThat(server.observed().of(Observation.ScriptRan.class))
                .noneMatch(run -> run.script().equals("event:" + concrete));
    }

    private void edit(String name, String content) {
        admin.post(
                        "system/event_script/" + Api.encode(name),
                        Map.of(
                                "name",
                                name,
                                "type",
                                "nodejs",
                                "is_active",
                                true,
                                "allow_event_modification",
                                true,
                                "content",
                                content))
                .ok();
    }
}
