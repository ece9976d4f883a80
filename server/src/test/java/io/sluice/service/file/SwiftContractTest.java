package io.sluice.service.file;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.swift.SwiftFiles;
import io.sluice.testing.CuttingProxy;
import io.sluice.testing.SwiftServer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** {@code openstack_object_storage} under the contract of all kinds of storage: Swift itself, with its own accounts (auth v1). */
class SwiftContractTest extends NetworkStoreContract {
    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);
    private final String container = "c-" + UUID.randomUUID();
    private CuttingProxy network;

    @Override
    protected FileStore open() throws IOException {
        network = CuttingProxy.to("127.0.0.1", SwiftServer.get().port());
        Map<String, Object> config = Map.of(
                "username",
                SwiftServer.USER,
                "password",
                SwiftServer.KEY,
                "url",
                "http://127.0.0.1:" + network.port() + "/auth/v1.0",
                "container",
                container);
        return new SwiftFiles(hosts)
                .open(new ServiceDefinition(7, "files", "Files", "", "openstack_object_storage", true, config));
    }

    @AfterEach
    void close() throws IOException {
        hosts.close();
        if (network != null) {
            network.close();
        }
    }

    @Override
    protected void cutConnection() {
        network.cut();
    }

    @Override
    protected void mendConnection() {
        network.mend();
    }

    @Override
    protected void fill(String folder, int count) throws IOException {
        SwiftServer.get().list(container, folder, count);
    }
}
