package io.sluice.service.system;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import io.sluice.testing.Installation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The {@code system} service itself: what it lists, its events, and the resources that are no records. */
class SystemServiceTest extends FreshInstallation {
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
