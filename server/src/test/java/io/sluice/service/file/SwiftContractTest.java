package io.sluice.service.file;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.swift.SwiftFiles;
import io.sluice.testing.SwiftServer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;

/** {@code openstack_object_storage} under the contract of all kinds of storage: Swift itself, with its own accounts (auth v1). */
class SwiftContractTest extends FileStoreContract {
    private static final Hosts HOSTS = new Hosts(OutboundRule.PUBLIC_ONLY);

    @AfterAll
    static void close() {
        HOSTS.close();
    }

    @Override
    protected FileStore open() throws IOException {
        Map<String, Object> config = Map.of(
                "username", SwiftServer.USER,
                "password", SwiftServer.KEY,
                "url", SwiftServer.get().address() + "/auth/v1.0",
                "container", "c-" + UUID.randomUUID());
        return new SwiftFiles(HOSTS)
                .open(new ServiceDefinition(7, "files", "Files", "", "openstack_object_storage", true, config));
    }
}
