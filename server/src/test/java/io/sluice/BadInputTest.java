package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of every kind gets the JSON error envelope with the documented status: no stack trace, no SQL, no class names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 5);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | db/_table/contact?filter=nosuch%3D1                     | 400 | nosuch
            GET    | db/_table/contact?filter=age%3E%3E                      | 400 |
            GET    | db/_table/contact?filter=(age%20%3D%201                 | 400 |
            GET    | db/_table/contact?filter=id%20in%201%2C2                | 400 | parenthes
            GET    | db/_table/contact?filter=age%20%3D%20abc                | 400 | age
            GET    | db/_table/contact?order=nosuch                          | 400 | nosuch
            GET    | db/_table/contact?order=id%3Bdrop%20table%20contact     | 400 |
            GET    | db/_table/contact?fields=id,nosuch                      | 400 | nosuch
            GET    | db/_table/contact?group=nosuch                          | 400 | nosuch
            GET    | db/_table/contact?limit=many                            | 400 | limit
            GET    | db/_table/nosuch                                        | 404 | nosuch
            GET    | db/_table/contact/999                                   | 404 | 999
            GET    | db/_table/contact/abc                                   | 400 | id
            GET    | db/_nothing                                             | 404 | _nothing
            GET    | nosuch/_table                                           | 404 | nosuch
            GET    | system/nosuch                                           | 404 | nosuch
            GET    | system/role/999                                         | 404 | 999
            PUT    | db/_table                                               | 400 |
            POST   | db/_table/contact?method=FROB                           | 405 |
            DELETE | db/_table/contact                                       | 400 | filter
            GET    | files/../../etc/passwd                                  | 400 |
            GET    | files/nosuch.txt                                        | 404 | nosuch
            POST   | system/event_script/db.get.pre_process                  | 400 |
            """)
    void isAnsweredPlainly(String method, String path, int status, String named) {
        Api.Answer answer = admin.send(method, path, null);
        assertPlain(answer, status);
        if (named != null) {
            assertThat(answer.message()).contains(named);
        }
    }

    @ParameterizedTest(name = "{0} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            db/_table/contact       | {"resource":[{"name":                       | 400
            db/_table/contact       | {"name":"bare"}                             | 400
            db/_table/contact       | {"resource":[{"age":1}]}                    | 400
            db/_table/contact       | {"resource":[{"name":"x","age":"old"}]}     | 400
            db/_table/contact       | {"resource":[{"name":"x","email":"n1@example.com"}]} | 400
            db/_table/contact       | []                                          | 400
            system/service          | {"resource":[{"name":"x y","type":"sqlite"}]} | 400
            system/service          | {"resource":[{"name":"x","type":"nosuch"}]} | 400
            system/role             | {"resource":[{"description":"no name"}]}    | 400
            system/user             | {"resource":[{"email":"a@example.com","password":"short"}]} | 400
            system/admin/session    | {"email":"admin@example.com"}               | 400
            system/admin/session    | {"email":"admin@example.com","password":"wrong"} | 401
            system/event_script/db.get.pre_process | {"name":"db.get.pre_process","type":"ruby","content":"1"} | 400
            """)
    void asABodyToo(String path, String body, int status) {
        assertPlain(admin.post(path, body), status);
    }

    @Test
    void wrongCredentials() {
        Api nobody = server.anonymous();
        assertPlain(nobody.get("db/_table/contact"), 400);
        assertPlain(nobody.withKey("x".repeat(64)).get("db/_table/contact"), 400);
        assertPlain(nobody.withToken("not-a-token").get("db/_table/contact"), 401);
        assertPlain(nobody.with("Authorization", "Basic bm9ib2R5OndyB25n").get("db/_table/contact"), 401);
        assertPlain(
                nobody.with("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.").get("db/_table/contact"), 401);
    }

    @Test
    void nothingWasLost() {
        assertThat(admin.get("db/_table/contact?count_only=true").ok().body()).isEqualTo("5");
        assertThat(admin.post(
                                "system/service",
                                Api.one(Map.of(
                                        "name", "ok-1", "type", "sqlite", "config", Map.of("database", "/etc/passwd"))))
                        .status())
                .as("a database file outside of the allowed folders")
                .isEqualTo(400);
    }

    private static void assertPlain(Api.Answer answer, int status) {
        assertThat(answer.status()).as("%s: %s", answer.call(), answer.body()).isEqualTo(status);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.number("/error/status_code")).isEqualTo(status);
        assertThat(answer.message()).isNotBlank();
        assertThat(answer.body().toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "exception", "io.sluice", "java.", "at org.", "sqlstate", "select ", "insert into", "[sqlite");
        assertThat(answer.at("/error/trace").isMissingNode()).isTrue();
    }
}
