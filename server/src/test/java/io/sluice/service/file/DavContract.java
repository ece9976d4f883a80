package io.sluice.service.file;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.webdav.WebDavFiles;
import io.sluice.testing.CuttingProxy;
import io.sluice.testing.DavPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code webdav_file} under the contract of all kinds of storage; which server it is, its tests say. */
abstract class DavContract extends NetworkStoreContract {
    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);
    private final String container = "a place/c-" + UUID.randomUUID();
    private CuttingProxy network;
    DavPeer server;

    @TempDir
    Path work;

    /** The server; started in that folder if it is one for each test. */
    abstract DavPeer server(Path work) throws Exception;

    /** Config beside the address and the user. */
    Map<String, Object> config() {
        return Map.of();
    }

    @Override
    protected FileStore open() throws Exception {
        server = server(work);
        network = CuttingProxy.to("127.0.0.1", server.port());
        Map<String, Object> config = new HashMap<>(config());
        config.put("base_uri", "http://127.0.0.1:" + network.port() + server.path() + "/");
        config.put("username", DavPeer.USER);
        config.put("password", DavPeer.PASSWORD);
        config.put("container", container);
        return new WebDavFiles(hosts)
                .open(new ServiceDefinition(7, "files", "Files", "", "webdav_file", true, Map.copyOf(config)));
    }

    @AfterEach
    void close() throws Exception {
        hosts.close();
        if (server != null) {
            network.close();
            server.close();
        }
    }

    /** What the store shows, on the server's side. */
    Path shown() {
        return server.folder().resolve(container);
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
    protected void fill(String folder, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Files.writeString(shown().resolve(folder).resolve("%05d.txt".formatted(i)), "x");
        }
    }
}
