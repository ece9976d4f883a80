package io.sluice.service.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.swift.SwiftFiles;
import io.sluice.service.file.webdav.WebDavFiles;
import io.sluice.testing.ApacheDav;
import io.sluice.testing.DavPeer;
import io.sluice.testing.SwiftServer;
import io.sluice.testing.TomcatDav;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of 200 MB go up and down, with a length and without; with {@code -Xmx128m} too. */
@Tag("big")
class BigTransfersTest {
    private static final long SIZE = 200_000_000;
    private static final FilePath FILE = FilePath.of("big file.bin");

    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @TempDir
    Path work;

    @AfterEach
    void close() {
        hosts.close();
    }

    /** Bytes that differ from place to place, made when they are read. */
    private static final class Made extends InputStream {
        private final CRC32 sum = new CRC32();
        private long at;

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == SIZE) {
                return -1;
            }
            int some = (int) Math.min(length, SIZE - at);
            for (int i = 0; i < some; i++, at++) {
                buffer[offset + i] = (byte) (at * 31 ^ at >>> 13);
            }
            sum.update(buffer, offset, some);
            return some;
        }
    }

    private static void upAndDown(FileStore store) throws IOException {
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(SIZE), OptionalLong.empty()}) {
            Made made = new Made();
            store.write(FILE, made, length);
            assertThat(store.find(FILE).orElseThrow().size()).isEqualTo(SIZE);
            assertThat(sum(store)).isEqualTo(made.sum.getValue());
        }
        store.delete(FILE);
    }

    private static long sum(FileStore store) throws IOException {
        CRC32 sum = new CRC32();
        byte[] some = new byte[64 << 10];
        try (InputStream in = store.open(FILE, 0, Long.MAX_VALUE)) {
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                sum.update(some, 0, count);
            }
        }
        return sum.getValue();
    }

    private FileStore dav(DavPeer server) {
        Map<String, Object> config = Map.of(
                "base_uri",
                "http://127.0.0.1:" + server.port() + server.path(),
                "username",
                DavPeer.USER,
                "password",
                DavPeer.PASSWORD,
                "container",
                "big-" + UUID.randomUUID());
        return new WebDavFiles(hosts).open(new ServiceDefinition(7, "files", "", "", "webdav_file", true, config));
    }

    @Test
    void onSwift() throws IOException {
        Map<String, Object> config = Map.of(
                "username",
                SwiftServer.USER,
                "password",
                SwiftServer.KEY,
                "url",
                SwiftServer.get().address() + "/auth/v1.0",
                "container",
                "big");
        upAndDown(new SwiftFiles(hosts)
                .open(new ServiceDefinition(7, "files", "", "", "openstack_object_storage", true, config)));
    }

    @Test
    void onApacheWithDigest() throws IOException {
        upAndDown(dav(ApacheDav.digest()));
    }

    @Test
    void onTomcat() throws Exception {
        try (DavPeer server = TomcatDav.basic(work)) {
            upAndDown(dav(server));
        }
    }
}
