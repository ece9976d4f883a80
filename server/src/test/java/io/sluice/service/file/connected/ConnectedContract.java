package io.sluice.service.file.connected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.NetworkStoreContract;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.StoreKind;
import io.sluice.testing.CuttingProxy;
import io.sluice.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What stores over logged-in connections do beyond other storage that is reached over a network. The server stays for the class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConnectedContract extends NetworkStoreContract {
    private static final long BIG = 200L << 20;
    private static final int MEGABYTES = 24 << 20;
    private int containers;
    protected Path place;

    protected abstract StoreKind kind();

    protected abstract CuttingProxy proxy();

    /** The folder of this machine that logins start in. */
    protected abstract Path folder();

    /** How the server behind the proxy is reached. */
    protected abstract Map<String, Object> config();

    @Override
    protected FileStore open() {
        String container = "box " + ++containers;
        place = folder().resolve(container);
        return open(Map.of("container", container));
    }

    /** The same server, with other config values. */
    protected FileStore open(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(config());
        all.putAll(more);
        return kind().open(new ServiceDefinition(7, "files", "Files", "", kind().name(), true, Map.copyOf(all)));
    }

    @Override
    protected void fill(String folder, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Files.writeString(place.resolve(folder).resolve("%05d.txt".formatted(i)), "x");
        }
    }

    @Override
    protected void cutConnection() {
        proxy().cut();
    }

    @Override
    protected void mendConnection() {
        proxy().mend();
    }

    protected static void failsAs(StoreFailure.Kind kind, String message, Callable<?> call) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(StoreFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(message);
        });
    }

    private void write(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        store.write(FilePath.of(path), new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(place)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void downloadsThatAreNotReadToTheirEndHinderNobody() throws IOException {
        files.post("small.txt", "small");
        store.write(FilePath.of("a.bin"), new ByteArrayInputStream(new byte[MEGABYTES]), OptionalLong.empty());
        for (int i = 0; i < 3 * Connections.MOST; i++) {
            try (InputStream in = store.open(FilePath.of("a.bin"), 0, Long.MAX_VALUE)) {
                assertThat(in.readNBytes(10)).hasSize(10);
            }
            assertThat(files.text("small.txt")).isEqualTo("small");
        }
    }

    @Test
    void nothingIsLeftOfAnUploadThatBrokeOff() throws IOException {
        files.post("a.txt", "old");
        assertThatThrownBy(() -> store.write(FilePath.of("a.txt"), brokenAfter(300_000), OptionalLong.empty()))
                .hasMessage("the sender is gone");
        assertThat(names()).containsExactly("a.txt");
    }

    private static InputStream brokenAfter(int bytes) {
        return new InputStream() {
            private int left = bytes;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the sender is gone");
                }
                return 'x';
            }
        };
    }

    @Test
    void whatIsLeftOfAnUploadWhoseConnectionBrokeGoesWithTheNext() throws IOException {
        files.post("a.txt", "old");
        failsAs(StoreFailure.Kind.UNREACHABLE, "broke off", () -> {
            store.write(FilePath.of("a.txt"), cutAfter(MEGABYTES / 2), OptionalLong.empty());
            return null;
        });
        proxy().mend();
        files.post("b.txt", "next");
        Eventually.is("the part is gone", () -> {
            try {
                return names().equals(List.of("a.txt", "b.txt"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(files.text("a.txt")).isEqualTo("old");
    }

    private InputStream cutAfter(int bytes) {
        return new InputStream() {
            private int count;

            @Override
            public int read() {
                if (count == bytes) {
                    proxy().cut();
                }
                return count++ == MEGABYTES ? -1 : 'x';
            }
        };
    }

    @Test
    void aConnectionThatDiedUnnoticedIsReplaced() throws IOException {
        files.post("a.txt", "x");
        proxy().cut();
        proxy().mend();
        assertThat(files.text("a.txt")).isEqualTo("x");
    }

    @Test
    void manyCallersShareFewConnections() throws Exception {
        files.post("first.txt", "x");
        int before = proxy().accepted();
        atOnce(40, i -> {
            write("file %d.txt".formatted(i), "content " + i);
            return files.text("file %d.txt".formatted(i));
        });
        assertThat(proxy().accepted() - before).isLessThanOrEqualTo(Connections.MOST);
        assertThat(files.paths("", "")).hasSize(41);
    }

    @Test
    void copiesDoNotWaitForEachOther() throws Exception {
        files.post("a.txt", "copied");
        atOnce(24, i -> {
            store.copy(FilePath.of("a.txt"), FilePath.of("copy %d.txt".formatted(i)));
            return i;
        });
        assertThat(files.paths("", "")).hasSize(25);
        assertThat(files.text("copy 7.txt")).isEqualTo("copied");
    }

    private interface Numbered {
        Object call(int number) throws Exception;
    }

    private static void atOnce(int count, Numbered work) throws Exception {
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> all = IntStream.range(0, count)
                    .mapToObj(i -> others.submit(() -> work.call(i)))
                    .toList();
            for (Future<Object> one : all) {
                one.get();
            }
        }
    }

    @Test
    void aFileIsMovedOverAnother() throws IOException {
        files.folders("docs/");
        files.post("a.txt", "new");
        files.post("docs/b.txt", "old");
        store.move(FilePath.of("a.txt"), FilePath.of("docs/b.txt"));
        assertThat(files.text("docs/b.txt")).isEqualTo("new");
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/b.txt");
        assertThat(names()).containsExactly("docs");
    }

    @Test
    void linksGoWithTheirFolderAndWhatTheyLeadToStays() throws IOException {
        Path outside = Files.createDirectory(folder().resolve("outside of " + place.getFileName()));
        Files.writeString(outside.resolve("kept.txt"), "kept");
        files.folders("docs/");
        Files.createSymbolicLink(place.resolve("docs/far"), outside);
        Files.createSymbolicLink(place.resolve("docs/nowhere"), Path.of("nothing-there"));
        Files.createSymbolicLink(place.resolve("docs/file"), outside.resolve("kept.txt"));
        files.delete("docs/", "force=true");
        assertThat(outside.resolve("kept.txt")).hasContent("kept");
        assertThat(names()).isEmpty();
    }

    @Test
    void aCircleOfLinksIsListedOnce() throws IOException {
        files.folders("docs/");
        files.post("docs/a.txt", "x");
        Files.createSymbolicLink(place.resolve("docs/again"), Path.of("../docs"));
        assertThat(files.paths("docs/", "")).contains("docs/a.txt", "docs/again/");
        if (tellsLinks()) {
            assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/a.txt", "docs/again/");
        }
        files.delete("docs/", "force=true");
        assertThat(names()).isEmpty();
    }

    /** Whether the server tells links from what they lead to. */
    protected boolean tellsLinks() {
        return true;
    }

    @Test
    void aServerThatSaysNothingMoreIsGivenUp() throws IOException {
        files.post("a.txt", "x");
        try (FileStore impatient = open(Map.of("container", place.getFileName().toString(), "timeout", 1))) {
            assertThat(impatient.find(FilePath.of("a.txt"))).isPresent();
            proxy().hold();
            failsAs(StoreFailure.Kind.UNREACHABLE, "its server", () -> impatient.find(FilePath.of("a.txt")));
        } finally {
            proxy().resume();
        }
    }

    @Test
    void connectionsEndWithTheService() throws IOException {
        FileStore other = open(Map.of("container", place.getFileName().toString()));
        Eventually.is("nobody is connected", () -> proxy().open() == 0);
        other.list(FilePath.ROOT, false);
        assertThat(proxy().open()).isPositive();
        other.close();
        Eventually.is("nobody is connected", () -> proxy().open() == 0);
    }

    @Test
    void theContainerMayLieDeepAndIsMade() throws IOException {
        String container = place.getFileName() + "/a b/ü";
        try (FileStore deep = open(Map.of("container", container))) {
            assertThat(deep.list(FilePath.ROOT, true)).isEmpty();
            deep.makeFolder(FilePath.of("docs/"));
        }
        assertThat(folder().resolve(container).resolve("docs")).isDirectory();
    }

    @Test
    @Tag("big")
    void twoHundredMegabytesGoUpAndDown() throws IOException {
        store.write(FilePath.of("big.bin"), new Pattern(), OptionalLong.of(BIG));
        assertThat(Files.size(place.resolve("big.bin"))).isEqualTo(BIG);
        try (InputStream in = store.open(FilePath.of("big.bin"), 0, Long.MAX_VALUE);
                InputStream same = new Pattern()) {
            byte[] expected = same.readNBytes(1 << 20);
            for (byte[] some = in.readNBytes(1 << 20); some.length > 0; some = in.readNBytes(1 << 20)) {
                assertThat(Arrays.equals(some, expected)).isTrue();
                expected = same.readNBytes(1 << 20);
            }
            assertThat(expected).isEmpty();
        }
    }

    /** 200 MB that are nowhere, and differ from place to place. */
    private static final class Pattern extends InputStream {
        private long at;

        @Override
        public int read() {
            return at == BIG ? -1 : (int) (at++ * 31 >> 7) & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == BIG) {
                return -1;
            }
            int some = (int) Math.min(length, BIG - at);
            for (int i = 0; i < some; i++) {
                buffer[offset + i] = (byte) read();
            }
            return some;
        }
    }
}
