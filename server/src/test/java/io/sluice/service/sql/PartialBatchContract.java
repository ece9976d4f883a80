package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiException;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that fails at its k-th record: exactly which rows are there afterwards, and exactly what the error says. */
abstract class PartialBatchContract {
    private static final Map<Class<?>, Map<String, Object>> DATABASES = new ConcurrentHashMap<>();
    private static final String TAKEN = "A record of table 'customer' with this 'email' already exists.";

    @TempDir
    Path folder;

    DatabaseServer server;
    Map<String, Object> config;
    SqlApi api;

    abstract DatabaseServer server(Path root);

    @BeforeEach
    void open() {
        server = server(folder);
        config = DATABASES.computeIfAbsent(getClass(), each -> server.newDatabase());
        server.empty(config);
        server.run(config, SampleTables.script(server.type()));
        api = SqlApi.over(server, config, folder);
    }

    @AfterEach
    void close() {
        if (api != null) {
            api.close();
        }
    }

    /** An error as {@code 400/1000 message | failed places | what each record got}. */
    private String error(Verb verb, String address, String json) {
        return shown(api.fails(verb, address, json));
    }

    private static String shown(Map<String, Object> error) {
        Map<?, ?> context = (Map<?, ?>) error.get("context");
        List<String> results = new ArrayList<>();
        for (Object each : (List<?>) context.get("resource")) {
            Map<?, ?> one = (Map<?, ?>) each;
            results.add(one.containsKey("code") ? failure(one) : "done");
        }
        return error.get("status_code") + "/" + error.get("code") + " " + error.get("message") + " | "
                + context.get("error") + " | " + results;
    }

    private static String failure(Map<?, ?> one) {
        assertThat(one.keySet().toString()).contains("code", "context", "message", "status_code");
        return one.get("code") + " " + one.get("message");
    }

    /** The records with these numbers or names that are as the batch wanted them. */
    private String emails(String like) {
        List<String> found = new ArrayList<>();
        ((List<?>) ((Map<?, ?>) api.get("_table/customer?fields=email&order=id&filter=email like '" + like + "'"))
                        .get("resource"))
                .forEach(row -> found.add(String.valueOf(((Map<?, ?>) row).get("email"))));
        return String.join(" ", found);
    }

    private String ids(String table) {
        return ((Map<?, ?>) api.get("_table/" + table + "?as_list=true&order=id"))
                .get("resource")
                .toString();
    }

    private String count(String table) {
        return api.get("_table/" + table + "?count_only=true").toString();
    }

    // POST

    private static final String NEW =
            "[{`name`:`A`,`email`:`a@new`},{`name`:`B`,`email`:`ann@example.com`},{`name`:`C`,`email`:`c@new`},{`name`:`D`,`email`:`bo@example.com`}]";

    @Test
    void creating_stops_at_the_failure_and_keeps_what_came_before() {
        assertThat(error(Verb.POST, "_table/customer", NEW))
                .isEqualTo("400/1000 Batch Error: Not all requested records could be created. | [1] | [done, 409 "
                        + TAKEN + "]");
        assertThat(emails("%25@new")).isEqualTo("a@new");
    }

    @Test
    void creating_with_continue_tries_all() {
        assertThat(error(Verb.POST, "_table/customer?continue=true", NEW))
                .isEqualTo("400/1000 Batch Error: Not all requested records could be created. | [1, 3] | [done, 409 "
                        + TAKEN + ", done, 409 " + TAKEN + "]");
        assertThat(emails("%25@new")).isEqualTo("a@new c@new");
    }

    @Test
    void creating_with_rollback_keeps_nothing() {
        assertThat(error(Verb.POST, "_table/customer?rollback=true", NEW))
                .isEqualTo(
                        "400/1000 Batch Error: Not all requested records could be created. All changes rolled back. | [1] | [done, 409 "
                                + TAKEN + "]");
        assertThat(emails("%25@new")).isEmpty();
    }

    @Test
    void a_record_that_is_wrong_before_the_database_sees_it_fails_alike() {
        String records = "[{`name`:`A`,`email`:`a@new`},{`email`:`b@new`},{`name`:`C`,`email`:`c@new`}]";
        String wrong = "400 Required field 'name' can not be NULL.";
        assertThat(error(Verb.POST, "_table/customer?continue=true", records))
                .endsWith("| [1] | [done, " + wrong + ", done]");
        assertThat(emails("%25@new")).isEqualTo("a@new c@new");
        server.run(config, "DELETE FROM customer WHERE id > 6");
        assertThat(error(Verb.POST, "_table/customer?rollback=true", records))
                .endsWith("All changes rolled back. | [1] | [done, " + wrong + "]");
        assertThat(emails("%25@new")).isEmpty();
    }

    // PUT, PATCH

    private static final String CHANGED =
            "[{`id`:3,`email`:`a@new`},{`id`:5,`email`:`ann@example.com`},{`id`:6,`email`:`c@new`},{`id`:99,`email`:`d@new`}]";

    @Test
    void changing_stops_continues_or_undoes() {
        for (Verb verb : List.of(Verb.PUT, Verb.PATCH)) {
            String message = "400/1000 Batch Error: Not all requested records could be updated.";
            assertThat(error(verb, "_table/customer", CHANGED))
                    .isEqualTo(message + " | [1] | [done, 409 " + TAKEN + "]");
            assertThat(emails("%25@new")).isEqualTo("a@new");
            assertThat(error(verb, "_table/customer?continue=true", CHANGED))
                    .isEqualTo(message + " | [1, 3] | [done, 409 " + TAKEN
                            + ", done, 404 Record with identifier '99' not found.]");
            assertThat(emails("%25@new")).isEqualTo("a@new c@new");
            server.run(config, "UPDATE customer SET email = NULL WHERE id IN (3, 6)");
            assertThat(error(verb, "_table/customer?rollback=true", CHANGED))
                    .isEqualTo(message + " All changes rolled back. | [1] | [done, 409 " + TAKEN + "]");
            assertThat(emails("%25@new")).isEmpty();
        }
    }

    @Test
    void changing_by_ids_too() {
        String value = "{`resource`:[{`city`:`Rome`}]}";
        assertThat(error(Verb.PATCH, "_table/customer?ids=1,99,2", value))
                .endsWith("| [1] | [done, 404 Record with identifier '99' not found.]");
        assertThat(error(Verb.PATCH, "_table/customer?ids=2,99,3&continue=true", value))
                .endsWith("| [1] | [done, 404 Record with identifier '99' not found., done]");
        assertThat(error(Verb.PATCH, "_table/customer?ids=4,99,5&rollback=true", value))
                .endsWith("All changes rolled back. | [1] | [done, 404 Record with identifier '99' not found.]");
        assertThat(api.get("_table/customer?as_list=true&order=id&filter=city=Rome")
                        .toString())
                .isEqualTo("{resource=[1, 2, 3]}");
    }

    @Test
    void one_statement_for_many_changes_all_or_none() {
        assertThat(api.failure(Verb.PATCH, "_table/customer?filter=id>2", "{`resource`:[{`email`:`same@new`}]}"))
                .startsWith("409 ");
        assertThat(emails("%25@new")).isEmpty();
    }

    // DELETE

    @Test
    void deleting_stops_continues_or_undoes() {
        String message = "400/1000 Batch Error: Not all requested records could be deleted.";
        assertThat(error(Verb.DELETE, "_table/customer?ids=3,1,5", null))
                .startsWith(message + " | [1] | [done, 409 ")
                .contains("still point at this record of 'customer'");
        assertThat(ids("customer")).isEqualTo("[1, 2, 4, 5, 6]");
        assertThat(error(Verb.DELETE, "_table/customer?ids=6,1,5&rollback=true", null))
                .startsWith(message + " All changes rolled back. | [1] | [done, 409 ");
        assertThat(ids("customer")).isEqualTo("[1, 2, 4, 5, 6]");
        assertThat(error(Verb.DELETE, "_table/customer?ids=6,1,99,5&continue=true", null))
                .startsWith(message + " | [1, 2] | [done, 409 ")
                .endsWith("404 Record with identifier '99' not found., done]");
        assertThat(ids("customer")).isEqualTo("[1, 2, 4]");
    }

    // several statements per record

    @Test
    void a_record_whose_second_statement_fails_leaves_nothing_of_the_first() {
        // A rule of the role is held after the row was written: the row must not stay when it does not hold.
        SqlApi ruled = api.ruled(new RowRule(List.of(new RowRule.Condition("city", "=", "Oslo")), false));
        String records =
                "[{`name`:`A`,`email`:`a@new`,`city`:`Oslo`},{`name`:`B`,`email`:`b@new`,`city`:`Rome`},{`name`:`C`,`email`:`c@new`,`city`:`Oslo`}]";
        assertThat(shown(ruled.fails(Verb.POST, "_table/customer", records))).contains(" | [1] | [done, 403 ");
        assertThat(emails("%25@new")).isEqualTo("a@new");
        assertThat(shown(ruled.fails(Verb.POST, "_table/customer?continue=true", records.replace("@new", "@two"))))
                .contains(" | [1] | [done, 403 ")
                .endsWith("done]");
        assertThat(emails("%25@two")).isEqualTo("a@two c@two");
        assertThat(shown(ruled.fails(Verb.POST, "_table/customer?rollback=true", records.replace("@new", "@six"))))
                .contains("All changes rolled back. | [1] | [done, 403 ");
        assertThat(emails("%25@six")).isEmpty();
    }

    // the tables change behind our back

    @Test
    void what_was_committed_is_not_made_again_when_the_answer_can_not_be_read() {
        String address = "_table/orders?related=customer_by_customer_id&customer_by_customer_id.fields=*";
        String order = "{`customer_id`:2,`placed_on`:`2026-03-01`}";
        api.get(address + "&limit=1");
        server.run(config, "ALTER TABLE customer DROP COLUMN created_at");
        assertThat(api.post(address, "[" + order + "]").toString())
                .contains("Bo Reed")
                .doesNotContain("created_at");
        assertThat(count("orders")).isEqualTo("5");
        server.run(config, "ALTER TABLE customer DROP COLUMN active");
        Map<String, Object> error = api.fails(Verb.POST, address, "[" + order + "," + order + "]");
        assertThat(error.get("message").toString()).startsWith("The records were written, see 'resource'");
        assertThat(shown(Map.of("context", error.get("context")))).endsWith("[done, done]");
        assertThat(count("orders")).isEqualTo("7");
        assertThat(api.post(address, "[" + order + "," + order + "]").toString())
                .contains("Bo Reed")
                .doesNotContain("active");
        assertThat(count("orders")).isEqualTo("9");
    }

    @Test
    void a_record_that_can_not_be_read_again_is_written_once() {
        api.get("_table/customer?limit=1");
        server.run(config, "ALTER TABLE customer DROP COLUMN created_at");
        assertThat(api.post("_table/customer?fields=*", "[{`name`:`A`,`email`:`a@new`},{`name`:`B`,`email`:`b@new`}]")
                        .toString())
                .contains("a@new", "b@new")
                .doesNotContain("created_at");
        assertThat(count("customer")).isEqualTo("8");
        server.run(config, "ALTER TABLE customer DROP COLUMN active");
        assertThat(api.patch("_table/customer/1?fields=*", "{`email`:`c@new`}").toString())
                .contains("c@new")
                .doesNotContain("active");
    }

    // the connection dies

    /** Over a wire that breaks when the second record is on its way. */
    void theConnectionDies() {
        try (Wire wire = Wire.to(config);
                SqlApi wired = SqlApi.over(server, patient(wire), folder)) {
            String records =
                    "[{`name`:`A`,`email`:`a@new`},{`name`:`Cut here`,`email`:`b@new`},{`name`:`C`,`email`:`c@new`}]";
            String message = "400/1000 Batch Error: Not all requested records could be created.";
            String broken = "503 The connection to the database of service 'sample' broke during the write: "
                    + "it is not known whether this change was made. Look before you try again.";
            wired.get("_table/customer");
            wire.cutBefore("Cut here");
            assertThat(shown(wired.fails(Verb.POST, "_table/customer", records)))
                    .isEqualTo(message + " | [1] | [done, " + broken + "]");
            assertThat(emails("%25@new")).isEqualTo("a@new");
            assertThat(shown(wired.fails(Verb.POST, "_table/customer?continue=true", records.replace("@new", "@two"))))
                    .isEqualTo(message + " | [1, 2] | [done, " + broken
                            + ", 503 This record was not tried: the connection to the database broke before it.]");
            assertThat(emails("%25@two")).isEqualTo("a@two");
            ApiException whole = catchThrowableOfType(
                    ApiException.class,
                    () -> wired.call(
                            Verb.POST, "_table/customer?rollback=true", SqlApi.json(records.replace("@new", "@six"))));
            assertThat(whole.error().status()).isEqualTo(503);
            assertThat(whole.headers()).containsKey("Retry-After");
            assertThat(emails("%25@six")).isEmpty();
            wired.get("_table/customer");
        }
    }

    private Map<String, Object> patient(Wire wire) {
        Map<String, Object> over = new HashMap<>(wire.over(config));
        over.put("timeout", 5);
        return over;
    }
}
