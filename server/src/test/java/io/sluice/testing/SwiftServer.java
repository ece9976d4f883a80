package io.sluice.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OpenStack Swift itself, from Debian's packages, on loopback: one copy of each object, accounts by tempauth (auth v1), and its S3 API. One
 * for all tests of this JVM, started when first asked for. Containers are made by tests; the account is empty at first.
 */
public final class SwiftServer {
    /** For auth v1, and the access key of the S3 API. */
    public static final String USER = "test:tester";

    /** For auth v1, and the secret key of the S3 API. */
    public static final String KEY = "testing";

    /** A user of the same account who may do nothing in it; with the same key. */
    public static final String POWERLESS = "test:nobody";

    /** The one path that the programs insist on. */
    private static final Path COMMON = Path.of("/etc/swift/swift.conf");

    private static final Path PROXY = Path.of("/usr/bin/swift-proxy-server");

    private static final String STORAGE =
            """
            [DEFAULT]
            devices = %1$s/srv
            mount_check = false
            bind_ip = 127.0.0.1
            bind_port = %3$d
            workers = 0
            user = %4$s
            swift_dir = %1$s
            recon_cache_path = %1$s/run
            fallocate_reserve = 0
            disable_fallocate = true
            # A busy machine is no broken one: without this, lists lag behind what was written.
            container_update_timeout = 60
            node_timeout = 60
            conn_timeout = 20
            [pipeline:main]
            pipeline = %2$s-server
            [app:%2$s-server]
            use = egg:swift#%2$s
            """;

    private static final String RINGS =
            """
            import sys
            from swift.common.ring import RingBuilder
            for kind, port in zip(('account', 'container', 'object'), sys.argv[2:]):
                ring = RingBuilder(4, 1, 1)
                ring.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'device': 'd1', 'weight': 1,
                              'replication_ip': '127.0.0.1', 'replication_port': int(port)})
                ring.rebalance()
                ring.get_ring().save('%s/%s.ring.gz' % (sys.argv[1], kind))
            """;

    /** Writes lines into the list of a container, in the database of its server. */
    private static final String LINES =
            """
            import glob, sys
            from swift.common.utils import Timestamp
            from swift.container.backend import ContainerBroker
            folder, container, prefix, count = sys.argv[1:]
            for path in glob.glob(folder + '/srv/d1/containers/*/*/*/*.db'):
                database = ContainerBroker(path)
                if database.get_info()['container'] == container:
                    now = Timestamp.now().internal
                    database.merge_items([
                        {'name': '%s%05d.txt' % (prefix, i), 'created_at': now, 'size': 1, 'content_type': 'text/plain',
                         'etag': '9dd4e461268c8034f5c8564e155c67a6', 'deleted': 0, 'storage_policy_index': 0}
                        for i in range(int(count))])
            """;

    private final Path folder;
    private final int memcached;
    private final int port;

    private SwiftServer(Path folder) throws IOException {
        this.folder = folder;
        this.memcached = Daemon.freePort();
        Files.createDirectories(folder.resolve("srv/d1"));
        Files.createDirectories(folder.resolve("run"));
        startStorage();
        Daemon.start(
                folder.resolve("memcached.log"),
                Map.of(),
                List.of("memcached", "-u", user(), "-l", "127.0.0.1", "-p", "" + memcached, "-m", "16"));
        this.port = startProxy(
                "proxy",
                "s3api tempauth",
                """
                [filter:s3api]
                use = egg:swift#s3api
                [filter:tempauth]
                use = egg:swift#tempauth
                user_test_tester = testing .admin
                user_test_nobody = testing
                """);
    }

    private static final class Holder {
        static final SwiftServer ONLY = start();
    }

    /** The server; where it is not installed the test is skipped, or fails when it is required. */
    public static SwiftServer get() throws IOException {
        Backends.need("swift", Files.isExecutable(PROXY), "Debian's swift-proxy, -account, -container and -object");
        Backends.need("swift", Files.isReadable(COMMON), COMMON + ", which Debian's package brings");
        Backends.need("swift", Files.isExecutable(Path.of("/usr/bin/memcached")), "Debian's memcached");
        FileStore disk = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
        Backends.need(
                "swift",
                disk.supportsFileAttributeView(UserDefinedFileAttributeView.class),
                "extended attributes of files in the temporary folder");
        return Holder.ONLY;
    }

    private static SwiftServer start() {
        try {
            return new SwiftServer(Daemon.folder("swift"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startStorage() throws IOException {
        int[] ports = {Daemon.freePort(), Daemon.freePort(), Daemon.freePort()};
        Daemon.run(
                folder.resolve("rings.log"),
                List.of("/usr/bin/python3", "-c", RINGS, folder.toString(), "" + ports[0], "" + ports[1], "" + ports[2]));
        List<String> kinds = List.of("account", "container", "object");
        List<Daemon> servers = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            String kind = kinds.get(i);
            servers.add(start("swift-" + kind + "-server", kind, STORAGE.formatted(folder, kind, ports[i], user())));
        }
        for (int i = 0; i < ports.length; i++) {
            int listening = ports[i];
            servers.get(i).await("Swift's " + kinds.get(i) + " server", () -> Daemon.listens(listening));
        }
    }

    private Daemon start(String program, String name, String config) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), config);
        return Daemon.start(folder.resolve(name + ".log"), Map.of(), List.of(program, file.toString()));
    }

    /**
     * One more way in to the same storage.
     *
     * @param access the filters that say who a caller is
     * @param filters their config
     * @return the port that it listens on
     */
    int startProxy(String name, String access, String filters) throws IOException {
        int free = Daemon.freePort();
        StringBuilder config = new StringBuilder(
                """
                [DEFAULT]
                bind_ip = 127.0.0.1
                bind_port = %1$d
                workers = 0
                user = %2$s
                swift_dir = %3$s
                [pipeline:main]
                pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk tempurl %4$s copy slo dlo versioned_writes symlink proxy-server
                [app:proxy-server]
                use = egg:swift#proxy
                account_autocreate = true
                node_timeout = 60
                recoverable_node_timeout = 60
                conn_timeout = 20
                error_suppression_limit = 1000000
                [filter:cache]
                use = egg:swift#memcache
                memcache_servers = 127.0.0.1:%5$d
                """
                        .formatted(free, user(), folder, access, memcached));
        for (String filter : List.of(
                "catch_errors", "gatekeeper", "healthcheck", "listing_formats", "bulk", "tempurl", "copy", "slo", "dlo",
                "versioned_writes", "symlink")) {
            config.append("[filter:%1$s]\nuse = egg:swift#%1$s\n".formatted(filter));
        }
        start("swift-proxy-server", name, config + filters)
                .await("the health of Swift's " + name, () -> healthy(free));
        return free;
    }

    private static boolean healthy(int port) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + "/healthcheck");
            HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
            return call.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    Path folder() {
        return folder;
    }

    /** Of its front: Swift's own API, the S3 API and {@code /auth/v1.0}. */
    public int port() {
        return port;
    }

    /** {@code http://127.0.0.1:PORT}, also the endpoint of the S3 API. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Has a container, which is there, list so many files more: {@code 00000.txt}, … Only the list knows them; to store them all would take minutes. */
    public void list(String container, String prefix, int count) throws IOException {
        Daemon.run(
                folder.resolve("lines.log"),
                List.of("/usr/bin/python3", "-c", LINES, folder.toString(), container, prefix, "" + count));
    }

    /** Makes every token invalid that was given out so far. */
    public void forgetTokens() throws IOException {
        try (Socket cache = new Socket("127.0.0.1", memcached);
                OutputStream out = cache.getOutputStream()) {
            out.write("flush_all\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] said = cache.getInputStream().readNBytes(2);
            if (!new String(said, StandardCharsets.US_ASCII).equals("OK")) {
                throw new IOException("memcached did not forget");
            }
        }
    }
}
