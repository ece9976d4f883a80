package io.sluice.service.system;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.Verb;
import io.sluice.observe.Observation;
import io.sluice.testing.Installation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The records of services, and the services that run because of them. */
class ServiceRecordsTest extends FreshInstallation {
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
}
