package io.sluice.service.system;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.Verb;
import io.sluice.testing.Installation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The records of roles, apps, people and lookups. */
class PeopleAndRightsTest extends FreshInstallation {
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
}
