package io.sluice.service.file.connected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Files replaced at a server that does not rename over one that is there. */
class ReplacementTest {
    private static final FilePath A = FilePath.of("a.txt");

    private final MemoryServer server = new MemoryServer();
    private final FileStore store = new ConnectedStore(
            new Container(FilePath.ROOT, true),
            new Connections(new Server("127.0.0.1", 1, Duration.ofSeconds(20)), server, Duration.ofHours(1)));

    private int write(String path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        store.write(FilePath.of(path), new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
        return bytes.length;
    }

    @Test
    void theNewContentTakesThePlaceAndNothingElseStays() throws IOException {
        write("a.txt", "old");
        write("a.txt", "new");
        assertThat(server.files).containsOnlyKeys("/a.txt").containsEntry("/a.txt", "new");
    }

    @Test
    void aConnectionThatBreaksBetweenTheTwoRenamesLosesNoFile() throws IOException {
        write("a.txt", "old");
        server.onRename = (from, to) -> {
            if (to.equals("/a.txt") && !server.files.containsKey("/a.txt")) {
                server.onRename = (one, other) -> {};
                throw new IOException("broken pipe");
            }
        };
        assertThatThrownBy(() -> write("a.txt", "new")).isInstanceOf(StoreFailure.class);
        Eventually.is("only the old file is there", () -> server.files.keySet().equals(Set.of("/a.txt")));
        assertThat(server.files).containsEntry("/a.txt", "old");
    }

    @Test
    void aBreakWhileTheOldFileIsSetAsideLosesNoFileEither() throws IOException {
        write("a.txt", "old");
        server.onRename = (from, to) -> {
            if (from.equals("/a.txt")) {
                server.onRename = (one, other) -> {};
                server.move(from, to); // it did, and could not say so
                throw new IOException("broken pipe");
            }
        };
        assertThatThrownBy(() -> store.move(moved(), A)).isInstanceOf(StoreFailure.class);
        assertThat(store.find(A)).isPresent();
        assertThat(server.files).containsEntry("/a.txt", "old").containsOnlyKeys("/a.txt", "/b.txt");
    }

    private FilePath moved() throws IOException {
        write("b.txt", "new");
        return FilePath.of("b.txt");
    }

    /** Each of as many uploads as there are connections holds one, and reading goes on as soon as they do. */
    @Test
    void readersAndUploadsDoNotWaitForEachOther() throws Exception {
        CountDownLatch holding = new CountDownLatch(Connections.MOST);
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < Connections.MOST; i++) {
            write(i + ".txt", "old");
        }
        server.onRename = (from, to) -> held(holding, go);
        List<FutureTask<Integer>> all = new ArrayList<>();
        for (int i = 0; i < Connections.MOST; i++) {
            String path = i + ".txt";
            all.add(new FutureTask<>(() -> write(path, "new")));
        }
        all.forEach(one -> Thread.ofPlatform().daemon().start(one));
        holding.await();
        FutureTask<Boolean> reading =
                new FutureTask<>(() -> store.find(FilePath.of("1.txt")).isPresent());
        Thread reader = Thread.ofPlatform().daemon().start(reading);
        Eventually.is("the reader waits", () -> reader.getState() == Thread.State.TIMED_WAITING);
        go.countDown();
        assertThat(reading.get()).isTrue();
        for (FutureTask<Integer> one : all) {
            one.get();
        }
        assertThat(server.files).hasSize(Connections.MOST).containsValue("new").doesNotContainValue("old");
    }

    private static void held(CountDownLatch holding, CountDownLatch go) throws IOException {
        holding.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
