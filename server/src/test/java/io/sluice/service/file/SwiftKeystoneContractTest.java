package io.sluice.service.file;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.swift.SwiftFiles;
import io.sluice.testing.KeystoneServer;
import io.sluice.testing.SwiftServer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** {@code openstack_object_storage} under the contract of all kinds of storage: Swift with tokens of Keystone v3. */
class SwiftKeystoneContractTest extends FileStoreContract {
    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);
    private final String container = "k-" + UUID.randomUUID();

    @Override
    protected FileStore open() throws IOException {
        Map<String, Object> config = Map.of(
                "username", KeystoneServer.USER,
                "password", KeystoneServer.PASSWORD,
                "tenant_name", KeystoneServer.PROJECT,
                "region", KeystoneServer.REGION,
                "url", KeystoneServer.get().address(),
                "container", container);
        return new SwiftFiles(hosts)
                .open(new ServiceDefinition(7, "files", "Files", "", "openstack_object_storage", true, config));
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Override
    protected void fill(String folder, int count) throws IOException {
        SwiftServer.get().list(container, folder, count);
    }
}
