package io.sluice.service.file.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.StoreKind;
import io.sluice.testing.FarHost;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identity API v2.0, of Keystone until 2018 and of Rackspace. No such server can be had to test on: the answers here are written after
 * the published documentation of both.
 */
class DocumentedLoginsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** As in Rackspace's "Authenticate and get a token"; names of regions and hosts aside. */
    private static final String ACCESS = """
            {"access": {
              "token": {"id": "tok-1", "expires": "2030-01-02T03:04:05.000Z", "tenant": {"id": "123456", "name": "123456"},
                        "RAX-AUTH:authenticatedBy": ["APIKEY"]},
              "serviceCatalog": [
                {"name": "cloudServersOpenStack", "type": "compute",
                 "endpoints": [{"region": "DFW", "tenantId": "123456", "publicURL": "http://127.0.0.1:1/v2/123456"}]},
                {"name": "cloudFiles", "type": "object-store",
                 "endpoints": [
                   {"region": "DFW", "tenantId": "Mosso_1", "publicURL": "http://127.0.0.1:1/v1/Mosso_1",
                    "internalURL": "http://127.0.0.1:1/v1/Mosso_1"},
                   {"region": "ORD", "tenantId": "Mosso_1", "publicURL": "STORAGE/v1/Mosso_1",
                    "internalURL": "http://127.0.0.1:1/v1/Mosso_1"}]},
                {"name": "cloudFilesCDN", "type": "rax:object-cdn",
                 "endpoints": [{"region": "ORD", "tenantId": "Mosso_1", "publicURL": "http://127.0.0.1:1/v1/Mosso_1"}]}],
              "user": {"id": "7", "name": "ann", "roles": [], "RAX-AUTH:defaultRegion": "ORD"}}}
            """;

    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @AfterEach
    void close() {
        hosts.close();
    }

    /** Answers the login and, at another address, one call of the storage. */
    private static FarHost identity(String storage) throws IOException {
        return FarHost.saying(200, "Content-Type: application/json\r\n", ACCESS.replace("STORAGE", storage));
    }

    private static FileStore open(StoreKind kind, FarHost identity, Map<String, Object> config) {
        Map<String, Object> all = new java.util.HashMap<>(config);
        all.put("url", identity.address() + "/v2.0/");
        all.put("container", "c");
        all.put("region", "ORD");
        return kind.open(new ServiceDefinition(7, "files", "", "", kind.name(), true, Map.copyOf(all)));
    }

    private void asks(StoreKind kind, Map<String, Object> config, String question) throws IOException {
        try (FarHost storage =
                        FarHost.at("127.0.0.2", 0, javax.net.ServerSocketFactory.getDefault(), (request, out) -> {
                            FarHost.reply(out, 204, "", "");
                            return true;
                        });
                FarHost identity = identity(storage.address())) {
            assertThat(open(kind, identity, config).find(FilePath.of("a.txt"))).isPresent();
            assertThat(identity.requests.getFirst().path()).isEqualTo("/v2.0/tokens");
            assertThat(JSON.readTree(identity.requests.getFirst().body())).isEqualTo(JSON.readTree(question));
            assertThat(storage.requests.getFirst().path()).isEqualTo("/v1/Mosso_1/c/a.txt");
            assertThat(storage.requests.getFirst().headers()).containsEntry("x-auth-token", "tok-1");
        }
    }

    @Test
    void rackspaceIsAskedWithAnApiKey() throws IOException {
        asks(
                new RackspaceFiles(hosts),
                Map.of("username", "ann", "api_key", "k-1"),
                "{\"auth\": {\"RAX-KSKEY:apiKeyCredentials\": {\"username\": \"ann\", \"apiKey\": \"k-1\"}}}");
    }

    @Test
    void rackspaceIsToldTheAccountWhenItIsConfigured() throws IOException {
        asks(
                new RackspaceFiles(hosts),
                Map.of("username", "ann", "api_key", "k-1", "tenant_name", "123456"),
                "{\"auth\": {\"RAX-KSKEY:apiKeyCredentials\": {\"username\": \"ann\", \"apiKey\": \"k-1\"}, \"tenantName\": \"123456\"}}");
    }

    @Test
    void keystoneV2IsAskedWithAPassword() throws IOException {
        asks(
                new SwiftFiles(hosts),
                Map.of("username", "ann", "password", "p", "tenant_name", "shop"),
                "{\"auth\": {\"passwordCredentials\": {\"username\": \"ann\", \"password\": \"p\"}, \"tenantName\": \"shop\"}}");
    }

    @Test
    void rackspaceHasNoVersion3() {
        Map<String, Object> config =
                Map.of("username", "u", "api_key", "k", "url", "http://h/v3", "container", "c", "region", "ORD");
        assertThatThrownBy(() -> new RackspaceFiles(hosts)
                        .open(new ServiceDefinition(7, "files", "", "", "rackspace_cloud_files", true, config)))
                .hasMessageContaining("versions 2 and 1 only");
    }

    @Test
    void anIdentityServiceThatIsNoneIsSaid() throws IOException {
        for (String body : new String[] {"{}", "[]", "{\"access\": {\"token\": {\"id\": \"t\"}}}", "<html>"}) {
            try (FarHost identity = FarHost.saying(200, "", body)) {
                FileStore store =
                        open(new RackspaceFiles(hosts), identity, Map.of("username", "ann", "api_key", "k-1"));
                assertThatThrownBy(() -> store.list(FilePath.ROOT, false)).isInstanceOf(StoreFailure.class);
            }
        }
    }
}
