package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import io.sluice.service.TextSource.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a storage does on top of that whose server is reached over a network, when the network fails. */
public abstract class NetworkStoreContract extends FileStoreContract {
    private static final int MEGABYTES = 24 << 20;
    private static final int SOME = 1 << 20;

    /** Breaks all connections between the store and its server and lets no new one in, as when a cable is pulled; at once. */
    protected abstract void cutConnection() throws Exception;

    /** Connections are possible again. */
    protected abstract void mendConnection() throws Exception;

    /** In the middle of an upload, and for good. */
    @Test
    void anUploadWhoseConnectionIsLostFailsClearlyAndLeavesNoFile() throws Exception {
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(MEGABYTES), OptionalLong.empty()}) {
            assertThatThrownBy(() -> store.write(FilePath.of("half.bin"), cutInTheMiddle(), length))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNREACHABLE));
            mendConnection();
            assertThat(files.paths("", "full_tree=true")).isEmpty();
        }
        files.post("half.bin", "whole");
        assertThat(files.text("half.bin")).isEqualTo("whole");
    }

    @Test
    void anUploadWhoseConnectionIsLostLeavesTheOldFile() throws Exception {
        files.post("a.txt", "the old text");
        assertThatThrownBy(() -> store.write(FilePath.of("a.txt"), cutInTheMiddle(), OptionalLong.of(MEGABYTES)))
                .isInstanceOf(StoreFailure.class);
        mendConnection();
        assertThat(files.text("a.txt")).isEqualTo("the old text");
        assertThat(files.paths("", "")).containsExactly("a.txt");
    }

    @Test
    void aDownloadWhoseConnectionIsLostDoesNotEndAsIfItWereWhole() throws Exception {
        byte[] all = random(MEGABYTES);
        files.call(Verb.POST, "a.bin", "", Map.of(), Body.raw(all, "application/octet-stream"), Rights.ALL);
        assertThatThrownBy(() -> {
                    try (InputStream in = store.open(FilePath.of("a.bin"), 0, Long.MAX_VALUE)) {
                        in.readNBytes(SOME);
                        cutConnection();
                        in.transferTo(java.io.OutputStream.nullOutputStream());
                    }
                })
                .isInstanceOf(IOException.class);
        mendConnection();
        assertThat(FileCalls.bytes(files.get("a.bin", "Range", "bytes=0-9"))).hasSize(10);
    }

    @Test
    void aStorageThatCannotBeReachedIsSaid() throws Exception {
        files.post("a.js", "return 1");
        cutConnection();
        unreachable(() -> files.get("", ""));
        unreachable(() -> files.get("a.js", ""));
        unreachable(() -> files.post("b.txt", "x"));
        unreachable(() -> files.delete("a.js", ""));
        assertThat(files.read("a.js")).isInstanceOf(Reading.Unreachable.class);
        mendConnection();
        assertThat(files.paths("", "")).containsExactly("a.js");
        assertThat(files.read("a.js")).isInstanceOf(Reading.Found.class);
    }

    private static void unreachable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        fails(503, "The storage of service 'files' failed", call);
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.headers()).containsKey("Retry-After"));
    }

    /** Content in whose middle the connection to the storage is lost; the content itself is fine. */
    private InputStream cutInTheMiddle() {
        return new ByteArrayInputStream(random(MEGABYTES)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                boolean before = pos < MEGABYTES / 2;
                int some = super.read(buffer, offset, length);
                if (before && pos >= MEGABYTES / 2) {
                    cut();
                }
                return some;
            }

            private void cut() {
                try {
                    cutConnection();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
