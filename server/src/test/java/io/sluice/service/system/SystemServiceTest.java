package io.sluice.service.system;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.observe.Observation;
import io.sluice.service.EventPath;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Tx;
import io.sluice.testing.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API over a real system database: rest-api.md 1.4, 1.10 to 1.12, 5.1 and 5.2. */
class SystemServiceTest {
    private static final String BATCH = "Batch Error: Not all requested records could be ";
    private final List<String> told = new ArrayList<>();

    @TempDir
    Path folder;

    private Installation at;

    @BeforeEach
    void start() {
        at = open();
        at.started();
    }

    private Installation open() {
        return new Installation(folder, "a secret of this test", new ServiceChanges() {
            @Override
            public void saved(Tx tx, ServiceDefinition definition) {
                told.add(
                        "saved " + definition.name() + " " + definition.config().get("password"));
            }

            @Override
            public void renaming(Tx tx, long id, String from, String to) {
                told.add("renaming " + from + " " + to);
            }

            @Override
            public void deleting(Tx tx, long id, String name) {
                if (name.equals("linked")) {
                    throw ApiException.conflict("Scripts are linked to it.");
                }
                told.add("deleting " + name);
            }
        });
    }

    @AfterEach
    void stop() {
        at.close();
    }

    private List<?> list(String path) {
        return (List<?>) at.admin(Verb.GET, path, null).get("resource");
    }

    private static Map<String, Object> records(Object... records) {
        return Map.of("resource", List.of(records));
    }

    private static Map<?, ?> context(ApiError error) {
        return (Map<?, ?>) error.context();
    }

    private static Map<?, ?> entry(ApiError error, int index) {
        return (Map<?, ?>) ((List<?>) context(error).get("resource")).get(index);
    }

    // records in general

    @Test
    void aRecordIsMadeReadChangedAndDeleted() {
        ServiceResult made = at.adminResult(Verb.POST, "system/role", records(map("name", "one")));
        assertThat(made.status()).isEqualTo(201);
        Object id =
                ((Map<?, ?>) ((List<?>) ((Map<?, ?>) Installation.tree(made)).get("resource")).getFirst()).get("id");
        assertThat(Installation.tree(made)).isEqualTo(records(map("id", id)));
        assertThat(at.admin(Verb.GET, "system/role/" + id, null))
                .containsEntry("name", "one")
                .containsEntry("description", null)
                .containsEntry("is_active", true)
                .containsEntry("created_date", "2026-05-01 10:00:00")
                .containsEntry("created_by_id", null);
        for (Verb verb : List.of(Verb.PATCH, Verb.PUT)) {
            assertThat(at.admin(verb, "system/role/" + id, map("description", verb.name())))
                    .isEqualTo(map("id", id));
        }
        assertThat(at.admin(
                        Verb.PATCH, "system/role/" + id + "?fields=name,description", records(map("is_active", "no"))))
                .isEqualTo(map("name", "one", "description", "PUT"));
        assertThat(at.admin(Verb.GET, "system/role/" + id + "?fields=is_active", null))
                .isEqualTo(map("is_active", false));
        assertThat(at.admin(Verb.DELETE, "system/role/" + id, null)).isEqualTo(map("id", id));
        ApiError missing = ApiError.of(404, "Record with identifier '" + id + "' not found.");
        assertThat(at.adminFailure(Verb.GET, "system/role/" + id, null)).isEqualTo(missing);
        assertThat(at.adminFailure(Verb.PATCH, "system/role/" + id, map())).isEqualTo(missing);
        assertThat(at.adminFailure(Verb.DELETE, "system/role/" + id, null)).isEqualTo(missing);
        assertThat(at.adminFailure(Verb.GET, "system/role/abc", null).status()).isEqualTo(404);
        assertThat(at.adminFailure(Verb.POST, "system/role/5", records(map("name", "x")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aListIsChosenSortedCutAndCounted() {
        for (String name : List.of("b", "C", "a")) {
            at.create("role", map("name", name, "description", name.equals("a") ? null : name));
        }
        assertThat(list("system/role?fields=name"))
                .isEqualTo(List.of(map("name", "b"), map("name", "C"), map("name", "a")));
        assertThat(list("system/role?fields=name&order=name%20desc"))
                .isEqualTo(List.of(map("name", "C"), map("name", "b"), map("name", "a")));
        assertThat(list("system/role?fields=name&order=description%20asc%20nulls%20last"))
                .isEqualTo(List.of(map("name", "b"), map("name", "C"), map("name", "a")));
        assertThat(list("system/role?fields=name&order=name&limit=1&offset=1")).isEqualTo(List.of(map("name", "b")));
        assertThat(list("system/role?limit=0")).hasSize(3);
        assertThat(list("system/role?as_list=true&ids=1,3")).isEqualTo(List.of(1L, 3L));
        assertThat(at.admin(Verb.GET, "system/role?include_count=true&limit=1", null)
                        .get("meta"))
                .isEqualTo(Map.of("count", 3));
        assertThat(at.admin(Verb.GET, "system/role?limit=1", null)).doesNotContainKey("meta");
        assertThat(Installation.tree(at.adminResult(Verb.GET, "system/role?count_only=true", null)))
                .isEqualTo(3);
        assertThat(at.admin(Verb.GET, "system/role", map("fields", "name", "limit", 1))
                        .get("resource"))
                .isEqualTo(List.of(map("name", "b")));
        assertThat(at.adminFailure(Verb.GET, "system/role?order=nosuch", null).message())
                .contains("nosuch");
        assertThat(at.adminFailure(Verb.GET, "system/role?related=nosuch_relation", null))
                .isEqualTo(ApiError.of(400, "Unknown relationship: nosuch_relation"));
    }

    @Test
    void severalRecordsStopAtTheFirstFailureGoOnOrRollBack() {
        Map<String, Object> three = records(map("name", "a"), map("name", ""), map("name", "b"));
        ApiError stopped = at.adminFailure(Verb.POST, "system/role", three);
        assertThat(stopped.status()).isEqualTo(400);
        assertThat(stopped.code()).isEqualTo(1000);
        assertThat(stopped.message()).isEqualTo(BATCH + "created.");
        assertThat(context(stopped).get("error")).isEqualTo(List.of(1));
        assertThat(entry(stopped, 0).get("id")).isEqualTo(1L);
        assertThat(entry(stopped, 1).get("message")).isEqualTo("Invalid data supplied. The name field is required.");
        assertThat((List<?>) context(stopped).get("resource")).hasSize(2);
        assertThat(list("system/role?as_list=true")).hasSize(1);

        ApiError onward = at.adminFailure(Verb.POST, "system/role?continue=true", three);
        assertThat(context(onward).get("error")).isEqualTo(List.of(0, 1));
        assertThat(entry(onward, 0).get("message"))
                .isEqualTo("Invalid data supplied. The name has already been taken.");
        assertThat(list("system/role?as_list=true")).hasSize(2);

        ApiError undone =
                at.adminFailure(Verb.POST, "system/role?rollback=true", records(map("name", "c"), map("name", "b")));
        assertThat(undone.message()).isEqualTo(BATCH + "created. All changes rolled back.");
        assertThat(context(undone).get("error")).isEqualTo(List.of(1));
        assertThat(list("system/role?as_list=true")).hasSize(2);
    }

    @Test
    void manyRecordsAreChangedAndDeletedByIdsAndByBody() {
        for (String name : List.of("a", "b", "c", "d")) {
            at.create("role", map("name", name));
        }
        assertThat(at.admin(Verb.PATCH, "system/role?ids=1,2", map("description", "x")))
                .isEqualTo(records(map("id", 1L), map("id", 2L)));
        assertThat(at.admin(Verb.PUT, "system/role?fields=id,description", records(map("id", 3, "description", "y"))))
                .isEqualTo(records(map("id", 3L, "description", "y")));
        assertThat(at.adminFailure(Verb.PATCH, "system/role", records(map("description", "y")))
                        .message())
                .isEqualTo(BATCH + "updated.");
        assertThat(at.admin(Verb.DELETE, "system/role?ids=1,2", null)).isEqualTo(records(map("id", 1L), map("id", 2L)));
        assertThat(at.admin(Verb.DELETE, "system/role", records(map("id", 3)))).isEqualTo(records(map("id", 3L)));
        assertThat(at.adminFailure(Verb.DELETE, "system/role?ids=4,99", null).message())
                .isEqualTo(BATCH + "deleted.");
        at.create("role", map("name", "e"));
        assertThat(at.adminFailure(Verb.DELETE, "system/role", null).message()).startsWith("No record(s) detected");
        at.admin(Verb.DELETE, "system/role?force=true", null);
        assertThat(list("system/role")).isEmpty();
    }

    @Test
    void recordsMustBeWrapped() {
        assertThat(at.adminFailure(Verb.POST, "system/role", map("name", "bare"))
                        .message())
                .isEqualTo(
                        "No record(s) detected in request. Please make sure record(s) are wrapped in a 'resource' tag."
                                + " Example: {\"resource\":[{\"record\":1},{\"record\":2}]}");
        assertThat(at.adminResult(Verb.POST, "system/role", List.of(map("name", "list")))
                        .status())
                .isEqualTo(201);
        assertThat(at.adminResult(Verb.POST, "system/role", Map.of("resource", map("name", "one")))
                        .status())
                .isEqualTo(201);
        assertThat(at.adminFailure(Verb.POST, "system/role", null).status()).isEqualTo(400);
    }

    // the service itself

    @Test
    void theRootListsWhatTheCallerMayUse() {
        assertThat(list("system?as_list=true"))
                .isEqualTo(List.of(
                        "admin",
                        "admin/password",
                        "admin/profile",
                        "admin/session",
                        "app",
                        "constant",
                        "cors",
                        "environment",
                        "lookup",
                        "role",
                        "service",
                        "service_type",
                        "user"));
        assertThat(list("system").getFirst()).isEqualTo(Map.of("name", "admin"));
        assertThat(list("system?as_access_list=true").subList(0, 5))
                .isEqualTo(List.of("", "*", "admin/", "admin/*", "admin/password/"));
        long role = at.create(
                "role",
                map(
                        "name",
                        "some",
                        "role_service_access_by_role_id",
                        List.of(
                                map("service_id", at.serviceId("system").getAsLong(), "component", "", "verb_mask", 1),
                                map(
                                        "service_id",
                                        at.serviceId("system").getAsLong(),
                                        "component",
                                        "role/*",
                                        "verb_mask",
                                        1))));
        String key = "k".repeat(64);
        at.create("app", map("name", "demo", "api_key", key, "role_id", role));
        assertThat(Installation.tree(at.call(Verb.GET, "system?as_list=true", Map.of("X-API-Key", key), null)))
                .isEqualTo(Map.of("resource", List.of("role")));
    }

    @Test
    void whatIsNotThereIsSaidPlainly() {
        assertThat(at.adminFailure(Verb.POST, "system", null))
                .isEqualTo(ApiError.of(
                        400, "POST requests without a resource are not currently supported by the 'system' service."));
        assertThat(at.adminFailure(Verb.GET, "system/nosuch", null))
                .isEqualTo(ApiError.of(404, "Resource 'nosuch' not found for service 'system'."));
        assertThat(at.adminFailure(Verb.DELETE, "system/constant", null).status())
                .isEqualTo(400);
        assertThat(list("system/constant")).isEmpty();
    }

    @Test
    void aCallFiresTheResourcesEventAndTheOneWithThePlaceholder() {
        assertThat(events("system/role/5"))
                .containsExactly(new EventPath("system.role", "5"), new EventPath("system.role.{id}", "5"));
        assertThat(events("system/admin/session")).containsExactly(new EventPath("system.admin.session", ""));
        assertThat(events("user/session")).containsExactly(new EventPath("user.session", ""));
        assertThat(events("system")).containsExactly(new EventPath("system", ""));
        assertThat(at.services
                        .find("system")
                        .orElseThrow()
                        .service()
                        .catalogue()
                        .endpoints())
                .anySatisfy(endpoint -> assertThat(endpoint.path()).isEqualTo("role/{id}"));
    }

    private List<EventPath> events(String path) {
        var request = at.request(Verb.GET, path, Map.of(), null);
        return at.services
                .find(request.service())
                .orElseThrow()
                .service()
                .events(at.access
                        .authorise(request, Caller.PLATFORM, at.serviceId(request.service()))
                        .forService());
    }

    // roles, apps, people, lookups

    @Test
    void rowsOfARoleAreWrittenWithIt() {
        long role = at.create(
                "role",
                map(
                        "name",
                        "r",
                        "role_service_access_by_role_id",
                        List.of(
                                map("component", "a/*", "verb_mask", 1),
                                map("component", "b/*", "verb_mask", 2, "requestor_mask", 3))));
        long other = at.create("role", map("name", "s"));
        List<?> rows = rows(role);
        assertThat(rows).hasSize(2);
        Map<?, ?> first = (Map<?, ?>) rows.getFirst();
        assertThat(first.get("filters")).isEqualTo(List.of());
        assertThat(first.get("filter_op")).isEqualTo("AND");
        Object firstId = first.get("id");
        Object secondId = ((Map<?, ?>) rows.get(1)).get("id");
        at.admin(
                Verb.PATCH,
                "system/role/" + role,
                map(
                        "role_service_access_by_role_id",
                        List.of(map("id", firstId, "verb_mask", 31), map("component", "c/*", "verb_mask", 4))));
        assertThat(rows(role))
                .extracting(row -> (Object) ((Map<?, ?>) row).get("verb_mask"))
                .containsExactly(31L, 2L, 4L);
        at.admin(
                Verb.PATCH,
                "system/role/" + role,
                map(
                        "role_service_access_by_role_id",
                        List.of(map("id", firstId, "role_id", null), map("id", secondId, "role_id", other))));
        assertThat(rows(role))
                .extracting(row -> (Object) ((Map<?, ?>) row).get("component"))
                .containsExactly("c/*");
        assertThat(rows(other))
                .extracting(row -> (Object) ((Map<?, ?>) row).get("component"))
                .containsExactly("b/*");
        assertThat(at.adminFailure(
                                Verb.PATCH,
                                "system/role/" + role,
                                map("role_service_access_by_role_id", List.of(map("id", secondId, "verb_mask", 1))))
                        .status())
                .isEqualTo(400);
        ApiError bad = at.adminFailure(
                Verb.PATCH,
                "system/role/" + role,
                map(
                        "role_service_access_by_role_id",
                        List.of(map(
                                "verb_mask",
                                99,
                                "filters",
                                List.of(map("name", "x", "operator", "~", "value", 1)),
                                "filter_op",
                                "xor"))));
        assertThat(context(bad).keySet()).isEqualTo(java.util.Set.of("verb_mask", "filters", "filter_op"));
        assertThat(rows(role)).hasSize(1);
    }

    private List<?> rows(long role) {
        return (List<?>) at.admin(Verb.GET, "system/role/" + role + "?related=role_service_access_by_role_id", null)
                .get("role_service_access_by_role_id");
    }

    @Test
    void aRoleInUseCanBeDeleted() {
        long role = at.create("role", map("name", "r"));
        long app = at.create("app", map("name", "a", "role_id", role));
        assertThat(at.admin(Verb.GET, "system/app/" + app + "?related=role_by_role_id", null)
                        .get("role_by_role_id"))
                .extracting("name")
                .isEqualTo("r");
        assertThat(at.admin(Verb.DELETE, "system/role/" + role, null)).isEqualTo(map("id", role));
        assertThat(at.admin(Verb.GET, "system/app/" + app, null)).containsEntry("role_id", null);
    }

    @Test
    void anAppHasAKeyOfItsOwnAndMayGetANewOne() {
        long app = at.create("app", map("name", "a"));
        String key = (String) at.admin(Verb.GET, "system/app/" + app, null).get("api_key");
        assertThat(key).matches("[0-9a-f]{64}");
        at.admin(Verb.PATCH, "system/app/" + app, map("description", "same key"));
        assertThat(at.admin(Verb.GET, "system/app/" + app, null)).containsEntry("api_key", key);
        at.admin(Verb.PATCH, "system/app/" + app + "?regenerate=true", null);
        assertThat(at.admin(Verb.GET, "system/app/" + app, null).get("api_key"))
                .asString()
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(key);
        for (String bad : List.of("short", "with blank ".repeat(5), key.substring(1) + "/")) {
            assertThat(at.adminFailure(Verb.PATCH, "system/app/" + app, map("api_key", bad))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void peopleAreCheckedAndTheirSecretsNeverShown() {
        ApiError shortPassword =
                at.adminFailure(Verb.POST, "system/user", records(map("email", "s@example.com", "password", "x")));
        assertThat(entry(shortPassword, 0))
                .isEqualTo(map(
                        "code",
                        400,
                        "status_code",
                        400,
                        "context",
                        Map.of("password", List.of("The password field must be at least 16 characters.")),
                        "message",
                        "Invalid data supplied. The password field must be at least 16 characters."));
        long user = at.create(
                "user",
                map(
                        "email",
                        "tim.tmp@example.com",
                        "password",
                        "Tim.Password.12345",
                        "security_answer",
                        "blue",
                        "is_sys_admin",
                        true));
        Map<String, Object> shown = at.admin(Verb.GET, "system/user/" + user + "?related=*", null);
        assertThat(shown)
                .containsEntry("username", "tim.tmp@example.com")
                .containsEntry("first_name", "Tim")
                .containsEntry("last_name", "Tmp")
                .containsEntry("confirmed", true)
                .containsEntry("expired", false)
                .containsEntry("user_to_app_to_role_by_user_id", List.of())
                .doesNotContainKeys("password", "security_answer", "is_sys_admin");
        assertThat(at.adminFailure(Verb.GET, "system/admin/" + user, null).status())
                .isEqualTo(404);
        assertThat(at.adminFailure(Verb.POST, "system/admin", records(map("email", "TIM.tmp@example.com")))
                        .message())
                .isEqualTo(BATCH + "created.");
        assertThat(context(at.adminFailure(Verb.PATCH, "system/user/" + user, map("email", "no address")))
                        .keySet())
                .isEqualTo(java.util.Set.of("email"));
    }

    @Test
    void aPersonHasOneRoleInAnApp() {
        long role = at.create("role", map("name", "r"));
        long app = at.create("app", map("name", "a"));
        long user = at.create("user", map("email", "tim@example.com"));
        Map<String, Object> assign =
                map("user_to_app_to_role_by_user_id", List.of(map("app_id", app, "role_id", role)));
        Map<String, Object> answer =
                at.admin(Verb.PATCH, "system/user/" + user + "?related=user_to_app_to_role_by_user_id", assign);
        assertThat((List<?>) answer.get("user_to_app_to_role_by_user_id")).hasSize(1);
        assertThat(at.adminFailure(Verb.PATCH, "system/user/" + user, assign).message())
                .contains("has a role in app");
        assertThat(at.adminFailure(
                                Verb.PATCH,
                                "system/user/" + user,
                                map("user_to_app_to_role_by_user_id", List.of(map("app_id", 999, "role_id", role))))
                        .message())
                .contains("app_id", "999");
    }

    @Test
    void nobodyDeletesThemselves() {
        Map<String, String> headers = Map.of("X-DreamFactory-Session-Token", at.adminToken());
        Object id = ((Map<?, ?>) Installation.tree(at.call(Verb.GET, "system/admin/session", headers, null))).get("id");
        assertThat(at.failure(Verb.DELETE, "system/admin/" + id, headers, null).status())
                .isEqualTo(403);
        at.call(Verb.POST, "system/role", headers, records(map("name", "mine")));
        assertThat(((Map<?, ?>) list("system/role").getFirst()).get("created_by_id"))
                .isEqualTo(id);
    }

    @Test
    void aPrivateLookupIsMaskedAndTheMaskKeepsItsValue() {
        long id = at.create("lookup", map("name", "secret", "value", "hush", "private", true));
        assertThat(at.admin(Verb.GET, "system/lookup/" + id, null)).containsEntry("value", "**********");
        at.admin(Verb.PATCH, "system/lookup/" + id, map("value", "**********", "private", true, "description", "d"));
        assertThat(at.store.<String>read(tx -> tx.one("select value from lookup", row -> row.getString(1))
                        .orElseThrow()))
                .isEqualTo("hush");
        at.admin(Verb.PATCH, "system/lookup/" + id, map("private", false));
        assertThat(at.admin(Verb.GET, "system/lookup/" + id, null)).containsEntry("value", null);
    }

    // services

    private long service(String name, Object... config) {
        return at.create("service", map("name", name, "type", "sample_type", "config", map(config)));
    }

    private Object answerOf(String service) {
        return Installation.tree(at.adminResult(Verb.GET, service, null));
    }

    @Test
    void aServiceRunsOnceItIsSavedAndItsSecretsStayIn() {
        long id = service("Sales", "host", "h", "port", "5432", "password", "pw", "unknown", 1);
        assertThat(answerOf("sales")).isEqualTo(map("host", "h", "port", 5432, "password", "pw", "cache_ttl", 0));
        assertThat(at.admin(Verb.GET, "system/service/" + id + "?related=service_doc_by_service_id", null))
                .containsEntry("label", "Sales")
                .containsEntry("description", null)
                .containsEntry("mutable", true)
                .containsEntry("deletable", true)
                .containsEntry("service_doc_by_service_id", null)
                .containsEntry(
                        "config",
                        map("service_id", id, "host", "h", "port", 5432, "password", "**********", "cache_ttl", 0));
        assertThat(at.store.<String>read(
                        tx -> tx.one("select config from service where id = ?", row -> row.getString(1), id)
                                .orElseThrow()))
                .contains("enc:1:")
                .doesNotContain("\"pw\"");
        at.admin(
                Verb.PATCH,
                "system/service/" + id,
                map("label", "<b>Big</b> sales", "config", map("password", "**********", "host", "h2")));
        assertThat(answerOf("sales")).isEqualTo(map("host", "h2", "port", 5432, "password", "pw", "cache_ttl", 0));
        assertThat(at.admin(Verb.GET, "system/service/" + id, null)).containsEntry("label", "Big sales");
        at.admin(Verb.PATCH, "system/service/" + id, map("name", "orders"));
        assertThat(at.services.find("sales")).isEmpty();
        at.admin(Verb.PATCH, "system/service/" + id, map("is_active", false));
        assertThat(at.adminFailure(Verb.GET, "orders", null))
                .isEqualTo(ApiError.of(403, "Service orders is deactivated."));
        at.admin(Verb.DELETE, "system/service/" + id, null);
        assertThat(at.services.find("orders")).isEmpty();
        assertThat(told)
                .containsExactly(
                        "saved Sales pw",
                        "saved Sales pw",
                        "renaming Sales orders",
                        "saved orders pw",
                        "saved orders pw",
                        "deleting orders");
    }

    @Test
    void whatCannotBeAServiceIsRefused() {
        service("taken");
        record Bad(Map<String, Object> record, String field) {}
        for (Bad bad : List.of(
                new Bad(map("name", "Taken", "type", "sample_type"), "name"),
                new Bad(map("name", "a b", "type", "sample_type"), "name"),
                new Bad(map("name", "x".repeat(41), "type", "sample_type"), "name"),
                new Bad(map("name", "health", "type", "sample_type"), "name"),
                new Bad(map("type", "sample_type"), "name"),
                new Bad(map("name", "n", "type", "nosuchtype"), "type"),
                new Bad(map("name", "n"), "type"),
                new Bad(map("name", "n", "type", "system"), "type"),
                new Bad(map("name", "n", "type", "sample_type", "config", map("port", "abc")), "config"),
                new Bad(map("name", "n", "type", "sample_type", "config", map("host", "impossible")), "config"))) {
            ApiError error = at.adminFailure(Verb.POST, "system/service", records(bad.record()));
            assertThat(error.code()).isEqualTo(1000);
            assertThat(((Map<?, ?>) entry(error, 0).get("context")).keySet())
                    .as("%s", bad)
                    .isEqualTo(java.util.Set.of(bad.field()));
        }
        assertThat(at.services.find("n")).isEmpty();
        assertThat(list("system/service?as_list=true")).hasSize(4);
    }

    @Test
    void ourOwnServicesStay() {
        long system = at.serviceId("system").getAsLong();
        long user = at.serviceId("user").getAsLong();
        assertThat(at.adminFailure(Verb.DELETE, "system/service/" + system, null)
                        .status())
                .isEqualTo(403);
        assertThat(at.adminFailure(Verb.PATCH, "system/service/" + system, map("is_active", false))
                        .status())
                .isEqualTo(400);
        assertThat(at.adminFailure(Verb.PATCH, "system/service/" + user, map("name", "people"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aServiceThatOthersNeedIsNotDeleted() {
        long id = service("linked");
        assertThat(at.adminFailure(Verb.DELETE, "system/service/" + id, null))
                .isEqualTo(ApiError.of(409, "Scripts are linked to it."));
        assertThat(at.services.find("linked")).isPresent();
    }

    @Test
    void aDocumentStandsBesideItsService() {
        long id = service("documented");
        String relation = "service_doc_by_service_id";
        at.admin(
                Verb.PATCH,
                "system/service/" + id,
                map(relation, List.of(map("format", 1, "content", "openapi: 3.1.0"))));
        assertThat(at.admin(Verb.GET, "system/service/" + id + "?fields=id&related=" + relation, null))
                .isEqualTo(map("id", id, relation, map("service_id", id, "format", 1L, "content", "openapi: 3.1.0")));
        at.admin(Verb.PATCH, "system/service/" + id, map(relation, null));
        assertThat(at.admin(Verb.GET, "system/service/" + id + "?related=*", null))
                .containsEntry(relation, null);
    }

    @Test
    void aRestartBringsUpEverythingButWhatCannotStart() {
        service("good", "host", "h", "password", "pw");
        service("later", "host", "h");
        at.store.write(tx -> tx.update("update service set config = '{\"host\":\"broken\"}' where name = 'later'"));
        at.close();
        at = open();
        assertThat(at.system.startAll()).isFalse();
        assertThat(answerOf("good")).isEqualTo(map("host", "h", "port", null, "password", "pw", "cache_ttl", 0));
        assertThat(at.adminFailure(Verb.GET, "later", null).status()).isEqualTo(503);
        assertThat(at.observed)
                .singleElement()
                .isInstanceOfSatisfying(
                        Observation.ServiceFailed.class,
                        failed -> assertThat(failed.service()).isEqualTo("later"));
        at.close();
        at = new Installation(folder, "quite another secret", ServiceChanges.NONE);
        at.system.startAll();
        ApiError error = at.adminFailure(Verb.GET, "good", null);
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.message())
                .isEqualTo("Service 'good' could not be started. Its stored credentials cannot be opened.");
    }

    @Test
    void aFreshInstallationIsSeededOnce() {
        assertThat(list("system/service?fields=name"))
                .isEqualTo(List.of(map("name", "system"), map("name", "api_docs"), map("name", "user")));
        Object app = ((Map<?, ?>) list("system/app").getFirst()).get("id");
        at.admin(Verb.DELETE, "system/app/" + app, null);
        at.system.startAll();
        assertThat(list("system/service")).hasSize(3);
        assertThat(list("system/app")).isEmpty();
    }

    // further resources

    @Test
    void serviceTypesAreListedWithTheirFields() {
        assertThat(list("system/service_type?group=Database&fields=name,label"))
                .isEqualTo(List.of(map("name", "sample_type", "label", "Sample")));
        Map<String, Object> type = at.admin(Verb.GET, "system/service_type/sample_type", null);
        assertThat(type).containsEntry("singleton", false).containsEntry("group", "Database");
        assertThat((List<?>) type.get("config_schema"))
                .extracting(field -> (Object) ((Map<?, ?>) field).get("name"))
                .containsExactly("host", "port", "password", "cache_ttl");
        assertThat(at.adminFailure(Verb.GET, "system/service_type/nosuch", null).status())
                .isEqualTo(404);
    }

    @Test
    void theEnvironmentTellsStrangersHowToLogInAndNothingElse() {
        Object open = Installation.tree(at.call(Verb.GET, "system/environment", Map.of(), null));
        assertThat(((Map<?, ?>) open).keySet()).isEqualTo(java.util.Set.of("authentication", "apps"));
        Object known = Installation.tree(
                at.call(Verb.GET, "system/environment", Map.of("X-DreamFactory-Session-Token", at.adminToken()), null));
        assertThat(((Map<?, ?>) ((Map<?, ?>) known).get("platform")).get("version"))
                .isEqualTo("0.1.0");
        assertThat(((Map<?, ?>) ((Map<?, ?>) known).get("client")).get("ip_address"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void theRootIndexShowsWhatACallerReaches() {
        service("db");
        RootIndex index = at.system.rootIndex();
        assertThat((List<?>) index.of(Caller.ANONYMOUS, Parameters.NONE).get("services"))
                .isEmpty();
        assertThat((List<?>) index.of(Caller.ANONYMOUS, Parameters.NONE).get("service_types"))
                .hasSize(4);
        assertThat(index.of(Caller.PLATFORM, Parameters.parse("fields=name&type=sample_type"))
                        .get("services"))
                .isEqualTo(List.of(map("name", "db")));
        assertThat((List<?>) index.of(Caller.PLATFORM, Parameters.NONE).get("services"))
                .hasSize(4)
                .last()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("spec_url", "/api/v2/db/_spec");
    }
}
