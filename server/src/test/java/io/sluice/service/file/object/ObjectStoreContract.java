package io.sluice.service.file.object;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.TextSource.Reading;
import io.sluice.service.file.FileCalls;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.NetworkStoreContract;
import io.sluice.service.file.StoreKind;
import io.sluice.testing.CuttingProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stores do on top of the contract of all whose files are objects under keys. Each test has a folder of one container for itself. */
public abstract class ObjectStoreContract extends NetworkStoreContract {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int PORTION = 500;
    private static final int SEVERAL_PARTS = (20 << 20) + 17;
    protected static final Hosts HOSTS = new Hosts(OutboundRule.PUBLIC_ONLY);

    /** The prefix of this test's keys. */
    private final String folder = "folder " + COUNT.incrementAndGet();

    private CuttingProxy network;

    protected abstract StoreKind kind();

    /** Where the server listens on 127.0.0.1. */
    protected abstract int port() throws Exception;

    /** The config of a service that finds the server there, without its container. */
    protected abstract Map<String, Object> config(int port);

    /** What is to be changed in it to have a key that does not belong to the account. */
    protected abstract Map<String, Object> wrongKey();

    /** The container itself, under the service's prefix and all others. */
    protected abstract Container raw(ServiceDefinition definition) throws Exception;

    @Override
    protected FileStore open() throws Exception {
        try (Container container = raw(definition(config(), name()))) {
            container.make();
        }
        network = CuttingProxy.to("127.0.0.1", port());
        return kind().open(definition(config(network.port()), name() + "/" + folder));
    }

    @AfterEach
    void closeNetwork() throws IOException {
        if (network != null) { // not opened where the server is missing
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
    protected void fill(String folder, int count) throws Exception {
        try (ExecutorService writers =
                Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < count; i += PORTION) {
                int from = i;
                all.add(() -> fill(folder, from, Math.min(count, from + PORTION)));
            }
            for (Future<Void> one : writers.invokeAll(all)) {
                one.get();
            }
        }
    }

    private Void fill(String folder, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            FilePath file = FilePath.of(folder + "%05d.txt".formatted(i));
            store.write(file, new ByteArrayInputStream(new byte[] {'x'}), OptionalLong.of(1));
        }
        return null;
    }

    private Map<String, Object> config() throws Exception {
        return config(port());
    }

    private String name() {
        return "contract-" + HOSTS.hashCode();
    }

    private static ServiceDefinition definition(Map<String, Object> config, String container) {
        Map<String, @Nullable Object> all = new HashMap<>(config);
        all.put("container", container);
        return new ServiceDefinition(7, "files", "Files", "", "object", true, all);
    }

    private void putRaw(String... keys) throws Exception {
        try (Container container = raw(definition(config(), name()))) {
            for (String key : keys) {
                container.put(folder + "/" + key, "of others".getBytes(StandardCharsets.UTF_8), "text/plain");
            }
        }
    }

    private List<String> rawKeys() throws Exception {
        try (Container container = raw(definition(config(), name()))) {
            return container.list(folder + "/", true, Optional.empty(), 100).entries().stream()
                    .map(entry -> entry.key().substring(folder.length() + 1))
                    .toList();
        }
    }

    @Test
    void whatKeysBeginWithIsAFolder() throws Exception {
        putRaw("a/b/c.txt", "top.txt");
        assertThat(files.paths("", "")).containsExactly("a/", "top.txt");
        assertThat(files.paths("", "full_tree=true")).containsExactly("a/", "a/b/", "a/b/c.txt", "top.txt");
        assertThat(files.paths("a/b/", "")).containsExactly("a/b/c.txt");
        assertThat(files.properties("a/b/")).containsEntry("name", "b").doesNotContainKey("last_modified");
        fails(400, "already exists", () -> files.post("a/b/", ""));
        fails(400, "is a folder already", () -> files.post("a", "x"));
        files.post("a/b/d.txt", "x");
        files.delete("a/b/", "force=true&content_only=true");
        assertThat(files.paths("", "full_tree=true")).containsExactly("a/", "a/b/", "top.txt");
    }

    @Test
    void anObjectWithASlashAtItsEndIsAFolderWhateverItHolds() throws Exception {
        putRaw("docs/", "docs/a.txt");
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/a.txt");
        assertThat(files.paths("docs/", "")).containsExactly("docs/a.txt");
        fails(404, "'docs' was not found", () -> files.get("docs", ""));
        files.delete("docs/", "force=true");
        assertThat(rawKeys()).isEmpty();
    }

    @Test
    void keysThatNoPathHasAreLeftOutAndGoWithTheirFolder() throws Exception {
        putRaw("docs/a.txt", "docs/tab\tbed.txt");
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/a.txt");
        assertThat(files.paths("docs/", "")).containsExactly("docs/a.txt");
        files.delete("docs/", "force=true");
        assertThat(rawKeys()).isEmpty();
    }

    @Test
    void connectionsAreUsedAgain() throws Exception {
        files.folders("docs/");
        files.post("docs/a.txt", "x");
        int before = network.accepted();
        for (int i = 0; i < 10; i++) {
            assertThat(files.paths("docs/", "")).containsExactly("docs/a.txt");
            assertThat(files.text("docs/a.txt")).isEqualTo("x");
        }
        assertThat(network.accepted()).isLessThan(before + 5); // a server may close one that it has for long
    }

    @Test
    void aFolderIsAnEmptyObject() throws Exception {
        files.folders("docs/");
        files.post("docs/a.txt", "x");
        assertThat(rawKeys()).containsExactly("docs/", "docs/a.txt");
    }

    @Test
    void filesAreCopiedAndMovedByTheStore() throws Exception {
        files.folders("to there/");
        files.post("from 1+1=2%.txt", "the text");
        files.post("to there/ünder.txt", "an old one");
        store.copy(FilePath.of("from 1+1=2%.txt"), FilePath.of("to there/ünder.txt"));
        assertThat(files.text("to there/ünder.txt")).isEqualTo("the text");
        assertThat(files.text("from 1+1=2%.txt")).isEqualTo("the text");
        store.move(FilePath.of("to there/ünder.txt"), FilePath.of("moved.txt"));
        assertThat(files.text("moved.txt")).isEqualTo("the text");
        assertThat(files.paths("", "full_tree=true")).containsExactly("from 1+1=2%.txt", "moved.txt", "to there/");
    }

    @Test
    void contentOfSeveralPartsIsOneFile() throws Exception {
        byte[] all = new byte[SEVERAL_PARTS];
        new Random(5).nextBytes(all);
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(all.length), OptionalLong.empty()}) {
            store.write(FilePath.of("big.bin"), new ByteArrayInputStream(all), length);
            try (InputStream in = store.open(FilePath.of("big.bin"), 0, Long.MAX_VALUE)) {
                assertThat(in.readAllBytes()).isEqualTo(all);
            }
        }
        assertThat(files.properties("big.bin")).containsEntry("content_length", (long) all.length);
    }

    @Test
    void contentOfExactlyOnePartIsOneFile() throws Exception {
        byte[] all = new byte[Parts.BYTES];
        store.write(FilePath.of("one.bin"), new ByteArrayInputStream(all), OptionalLong.empty());
        assertThat(files.properties("one.bin")).containsEntry("content_length", (long) all.length);
    }

    @Test
    void contentThatEndsTooSoonIsNoFile() {
        assertThatThrownBy(() -> store.write(
                        FilePath.of("short.bin"), new ByteArrayInputStream(new byte[10]), OptionalLong.of(11)))
                .hasMessageContaining("10 of 11 bytes");
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void whatLiesBehindTheEndIsNothing() throws Exception {
        files.post("a.txt", "12345");
        try (InputStream in = store.open(FilePath.of("a.txt"), 9, 10)) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aFileThatIsGoneByThenIsMissing() {
        fails(
                404,
                "The specified file 'gone.txt' was not found",
                () -> store.open(FilePath.of("gone.txt"), 0, 5).close());
    }

    @Test
    void aDownloadMayBeLeftBeforeItsEnd() throws Exception {
        store.write(FilePath.of("big.bin"), new ByteArrayInputStream(new byte[SEVERAL_PARTS]), OptionalLong.empty());
        for (int i = 0; i < 70; i++) { // more than a host gets connections
            try (InputStream in = store.open(FilePath.of("big.bin"), 0, Long.MAX_VALUE)) {
                assertThat(in.read()).isZero();
            }
        }
        assertThat(files.paths("", "")).containsExactly("big.bin");
    }

    @Test
    void aContainerThatIsMissingIsSaidAndMadeByTheFirstUpload() throws Exception {
        String other = "other-" + UUID.randomUUID();
        try (FileStore missing = kind().open(definition(config(), other + "/below"))) {
            FileCalls calls = FileCalls.over(missing);
            fails(502, "'" + other + "' does not exist", () -> calls.get("", ""));
            fails(404, "was not found", () -> calls.get("a.txt", ""));
            fails(404, "does not exist", () -> calls.get("docs/", ""));
            assertThat(calls.read("a.js")).isInstanceOf(Reading.Missing.class);
            calls.post("a.txt", "the first");
            assertThat(calls.paths("", "")).containsExactly("a.txt");
        }
    }

    @Test
    void aContainerIsMadeForALargeFileToo() throws Exception {
        String other = "other-" + UUID.randomUUID();
        try (FileStore missing = kind().open(definition(config(), other))) {
            missing.write(
                    FilePath.of("big.bin"), new ByteArrayInputStream(new byte[SEVERAL_PARTS]), OptionalLong.empty());
            assertThat(FileCalls.over(missing).properties("big.bin"))
                    .containsEntry("content_length", (long) SEVERAL_PARTS);
        }
    }

    @Test
    void aWrongKeyIsSaidToTheAdministrator() throws Exception {
        Map<String, Object> wrong = new HashMap<>(config());
        wrong.putAll(wrongKey());
        try (FileStore denied = kind().open(definition(wrong, name() + "/" + folder))) {
            FileCalls calls = FileCalls.over(denied);
            fails(502, "The storage of service 'files' failed", () -> calls.get("", ""));
            fails(502, "configured", () -> calls.get("a.txt", ""));
            fails(502, "configured", () -> calls.post("a.txt", "x"));
            assertThat(calls.read("a.js")).isInstanceOf(Reading.Unreachable.class);
        }
        assertThat(files.paths("", "")).isEmpty();
    }
}
