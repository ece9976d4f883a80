package io.sluice.service.system;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.testing.Installation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records of the admin API, whatever they are of: made, listed, changed and deleted, one or many. */
class SystemRecordsTest extends FreshInstallation {
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
}
