package io.sluice;

import static io.sluice.testing.Api.encode;
import static io.sluice.testing.Api.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.GithubHost;
import io.sluice.testing.MariaServer;
import io.sluice.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole story once, over HTTP, on real servers: databases, roles, scripts, a push that changes a live API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryTest {
    private static final String POST_SCRIPT = "shop._table.orders.get.post_process";

    @TempDir
    static Path folder;

    private Stage stage;
    private Api admin;
    private Api reader;
    private String webhookKey = "";

    @BeforeAll
    void start() throws Exception {
        stage = Stage.open(folder);
        admin = stage.admin;
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
    }

    @Test
    @Order(1)
    void twoDatabasesAnAppThatReadsAndAnAppForTheWebhook() throws Exception {
        Map<String, Object> mysql = MariaServer.get().newDatabase();
        Map<String, Object> postgres = PostgresServer.get().newDatabase();
        MariaServer.get().run(mysql, """
                create table orders (id int auto_increment primary key, customer varchar(40) not null, net decimal(10,2) not null,
                  placed_on date, note varchar(80));
                insert into orders (customer, net, placed_on, note) values
                  ('Ann', 100.00, '2026-02-01', null), ('Bo', 20.50, '2026-02-03', 'call first'), ('Cy', 8.00, '2026-02-05', null);
                """);
        PostgresServer.get().run(postgres, """
                create table item (sku varchar(20) primary key, title varchar(80) not null, stock integer not null default 0);
                insert into item values ('A-1', 'Anvil', 10), ('B-2', 'Bolt', 5000), ('C-3', 'Crate', 0);
                """);
        stage.service("shop", "Shop", "mysql", mysql);
        stage.service("stock", "Stock", "pgsql", postgres);
        long shop = stage.id("system/service", "shop");
        long stock = stage.id("system/service", "stock");
        long system = stage.id("system/service", "system");
        reader = stage.server
                .anonymous()
                .withKey(stage.app(
                        "reader",
                        stage.role(
                                "reads tables",
                                List.of(Stage.access(shop, "_table/*", 1), Stage.access(stock, "_table/*", 1)))));
        webhookKey = stage.app(
                "webhook",
                stage.role(
                        "clears two caches",
                        List.of(
                                Stage.access(system, "cache/php-test", 16),
                                Stage.access(system, "cache/_event/" + POST_SCRIPT, 16))));
        assertThat(reader.get("shop/_table/orders").ok().column("customer")).containsExactly("Ann", "Bo", "Cy");
        assertThat(reader.get("stock/_table/item").ok().column("sku")).containsExactly("A-1", "B-2", "C-3");
        assertThat(reader.delete("shop/_table/orders/1").status()).isEqualTo(401);
    }

    @Test
    @Order(2)
    void recordsAreReadAndWrittenOnBothDatabases() {
        for (String call :
                List.of("shop/_table/orders?filter=" + encode("(net > 10) and (note is null or customer in ('Bo'))")
                        + "&order=" + encode("net desc") + "&fields=id,customer&limit=1&offset=1&include_count=true")) {
            Api.Answer answer = reader.get(call).ok();
            assertThat(answer.column("customer")).containsExactly("Bo");
            assertThat(answer.number("/meta/count")).isEqualTo(2);
        }
        assertThat(reader.get("shop/_table/orders?filter=" + encode("not (customer like 'A%')"))
                        .ok()
                        .column("id"))
                .containsExactly("2", "3");
        assertThat(reader.get("shop/_table/orders/2").ok().text("/customer")).isEqualTo("Bo");
        Api.Answer made = admin.post(
                        "shop/_table/orders",
                        Map.of(
                                "resource",
                                List.of(Map.of("customer", "Di", "net", 1), Map.of("customer", "Ed", "net", 2))))
                .ok();
        List<String> ids = made.column("id");
        assertThat(ids).hasSize(2);
        admin.patch("shop/_table/orders/" + ids.get(0), Map.of("net", 3.25)).ok();
        admin.put("shop/_table/orders?ids=" + String.join(",", ids), one(Map.of("note", "same")))
                .ok();
        assertThat(admin.get("shop/_table/orders?ids=" + String.join(",", ids))
                        .ok()
                        .column("note"))
                .containsExactly("same", "same");
        admin.delete("shop/_table/orders?ids=" + String.join(",", ids)).ok();
        assertThat(admin.get("shop/_table/orders?count_only=true").ok().body()).isEqualTo("3");
        admin.post("stock/_table/item?fields=*", one(Map.of("sku", "D-4", "title", "Drill")))
                .ok();
        assertThat(admin.delete("stock/_table/item/D-4").ok().text("/sku")).isEqualTo("D-4");
        assertThat(admin.get("shop/_schema/orders").ok().at("/primary_key/0").asString())
                .isEqualTo("id");
        assertThat(admin.get("stock/_schema?as_list=true").ok().body()).contains("item");
    }

    @Test
    @Order(3)
    void aStoredEventScriptChangesTheNextCall() {
        stage.save(
                POST_SCRIPT,
                Map.of(
                        "content",
                        "for (const o of event.response.content.resource) o.gross = o.net * 1.25;",
                        "allow_event_modification",
                        true));
        assertThat(reader.get("shop/_table/orders").ok().number("/resource/0/gross"))
                .isEqualTo(125);
        stage.save(
                POST_SCRIPT,
                Map.of("content", "event.response.content.resource = [];", "allow_event_modification", false));
        assertThat(reader.get("shop/_table/orders").ok().column("customer")).containsExactly("Ann", "Bo", "Cy");
    }

    @Test
    @Order(4)
    void aPreScriptEditsAnswersOrRefuses() {
        String pre = "shop._table.orders.get.pre_process";
        stage.save(
                pre,
                Map.of(
                        "content",
                        "event.request.parameters.filter = \"customer = 'Cy'\";",
                        "allow_event_modification",
                        true));
        assertThat(reader.get("shop/_table/orders").ok().column("customer")).containsExactly("Cy");
        stage.save(
                pre,
                Map.of(
                        "content",
                        "event.response = {content: {tea: true}, status_code: 418};",
                        "allow_event_modification",
                        true));
        assertThat(reader.get("shop/_table/orders").expect(418).body()).isEqualTo("{\"tea\":true}");
        stage.save(pre, Map.of("content", "const e = new Error('not today'); e.code = 403; throw e;"));
        assertThat(reader.get("shop/_table/orders").expect(403).message()).isEqualTo("not today");
        admin.delete("system/event_script/" + pre).ok();
    }

    @Test
    @Order(5)
    void theScriptIsLinkedToGithubAndFetchedOnce() {
        stage.service(
                "hub",
                "Hub",
                "github",
                Map.of(
                        "vendor",
                        "acme",
                        "token",
                        "t0ken",
                        "base_url",
                        stage.github.uri().toString()));
        stage.github.commit(
                "acme/scripts",
                "main",
                "orders.js",
                "for (const o of event.response.content.resource) o.from = 'github 1';",
                "Change orders");
        stage.link(
                POST_SCRIPT,
                Map.of(
                        "storage_service_id",
                        stage.id("system/service", "hub"),
                        "scm_repository",
                        "scripts",
                        "scm_reference",
                        "main",
                        "storage_path",
                        "orders.js"));
        stage.server.observed().forget();
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("github 1");
        int calls = stage.github.requests();
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("github 1");
        assertThat(stage.github.requests())
                .as("calls at the host by a cached script")
                .isEqualTo(calls);
        assertThat(stage.server.observed().count(Observation.ScriptFetched.class))
                .isEqualTo(1);
    }

    @Test
    @Order(6)
    void aPushIsLiveAfterTheWebhooksClear() throws IOException {
        stage.github.commit(
                "acme/scripts",
                "main",
                "orders.js",
                "for (const o of event.response.content.resource) o.from = 'github 2';",
                "Change orders");
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("github 1");
        Api webhook = stage.server.anonymous();
        String address = "system/cache/_event/" + POST_SCRIPT + "?api_key=" + webhookKey + "&method=DELETE";
        for (String delivery : List.of("ping", "push")) {
            Api.Answer answer = webhook.with("X-GitHub-Event", delivery).post(address, Stage.payload(delivery));
            assertThat(answer.expect(200).body()).isEqualTo("{\"success\":true}");
        }
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("github 2");
    }

    @Test
    @Order(7)
    void theHostMayStopOnceTheScriptIsCached() {
        stage.github.mood(GithubHost.Mood.DEAD);
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("github 2");
        admin.delete("system/cache").ok();
        assertThat(reader.get("shop/_table/orders").ok().column("from"))
                .as("the last good version runs while the source cannot be read")
                .contains("github 2");
        stage.github.mood(GithubHost.Mood.WELL);
    }

    @Test
    @Order(8)
    void theScriptIsLinkedToAnyGitRepositoryAndToALocalFile() throws Exception {
        stage.service("repo", "Repo", "git", Map.of("base_url", stage.git.uri().toString()));
        String first = stage.git.commit(
                "scripts.git",
                "main",
                "lib/orders.js",
                "for (const o of event.response.content.resource) o.from = 'git 1';",
                "First");
        stage.link(
                POST_SCRIPT,
                Map.of(
                        "storage_service_id",
                        stage.id("system/service", "repo"),
                        "scm_repository",
                        "scripts.git",
                        "scm_reference",
                        "main",
                        "storage_path",
                        "lib/orders.js"));
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("git 1");
        Api.Answer status =
                admin.get("system/script/" + encode("event:" + POST_SCRIPT)).ok();
        assertThat(status.text("/revision")).isEqualTo(first);
        assertThat(status.text("/state")).isEqualTo("live");

        admin.post("files/scripts/", null).expect(201);
        admin.with("Content-Type", "text/plain")
                .post(
                        "files/scripts/orders.js",
                        "for (const o of event.response.content.resource || []) o.from = 'file 1';")
                .expect(201);
        stage.link(
                POST_SCRIPT,
                Map.of("storage_service_id", stage.id("system/service", "files"), "storage_path", "scripts/orders.js"));
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("file 1");
    }

    @Test
    @Order(9)
    void aScriptServiceAnswersAndItsClearLeavesTheEventScriptAlone() {
        long files = stage.id("system/service", "files");
        admin.with("Content-Type", "text/plain")
                .post(
                        "files/scripts/test.js",
                        "return {hello: event.resource, n: platform.api.get('shop/_table/orders?count_only=true').content};")
                .expect(201);
        stage.service(
                "php-test",
                "Test",
                "nodejs",
                Map.of("content", "", "storage_service_id", files, "storage_path", "scripts/test.js"));
        Api.Answer answer = admin.get("php-test/a/b").ok();
        assertThat(answer.text("/hello")).isEqualTo("a/b");
        assertThat(answer.number("/n")).isEqualTo(3);

        admin.with("Content-Type", "text/plain")
                .put("files/scripts/test.js", "return {v: 2};")
                .expect(201);
        admin.with("Content-Type", "text/plain")
                .put(
                        "files/scripts/orders.js",
                        "for (const o of event.response.content.resource || []) o.from = 'file 2';")
                .expect(201);
        stage.server.observed().forget();
        stage.server
                .anonymous()
                .post("system/cache/php-test?api_key=" + webhookKey + "&method=DELETE", "{}")
                .expect(200);
        assertThat(admin.get("php-test").ok().number("/v")).isEqualTo(2);
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("file 1");
        assertThat(stage.server.observed().of(Observation.ScriptCleared.class))
                .extracting(Observation.ScriptCleared::script)
                .containsExactly("service:php-test");
        stage.server
                .anonymous()
                .post("system/cache/_event/" + POST_SCRIPT + "?api_key=" + webhookKey + "&method=DELETE", "{}")
                .expect(200);
        assertThat(reader.get("shop/_table/orders").ok().column("from")).contains("file 2");
    }

    @Test
    @Order(10)
    void clearingNeedsTheRight() {
        String path = "system/cache/php-test?method=DELETE";
        Api nobody = stage.server.anonymous();
        assertThat(nobody.post(path, "{}").status()).as("no key").isEqualTo(400);
        assertThat(nobody.post(path + "&api_key=unknown", "{}").status())
                .as("unknown key")
                .isEqualTo(400);
        assertThat(reader.post(path, "{}").status())
                .as("a role without the right")
                .isEqualTo(401);
        assertThat(nobody.post("system/cache?method=DELETE&api_key=" + webhookKey, "{}")
                        .status())
                .as("a narrow right does not clear everything")
                .isEqualTo(401);
        assertThat(admin.delete("system/cache/nosuch").status())
                .as("unknown service")
                .isEqualTo(404);
        assertThat(nobody.post("system/cache/php-test?api_key=" + webhookKey, "{}")
                        .status())
                .as("POST without the override")
                .isIn(400, 401);
        assertThat(admin.delete("system/cache").ok().body()).isEqualTo("{\"success\":true}");
    }
}
