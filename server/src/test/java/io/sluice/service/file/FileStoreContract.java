package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.bytes;
import static io.sluice.service.file.FileCalls.fails;
import static io.sluice.service.file.FileCalls.map;
import static io.sluice.service.file.FileCalls.text;
import static io.sluice.service.file.FileCalls.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.Body;
import io.sluice.api.Content;
import io.sluice.api.Rights;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.TextSource.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every kind of storage does, asked for through the file API. A kind's test extends this and says how to open an empty store; one
 * with a network extends {@link NetworkStoreContract} and says also how to cut it.
 */
public abstract class FileStoreContract extends TransferContract {
    private static final int SOME_KILOBYTES = 300_000;

    @Test
    void anUploadIsReadAgain() throws IOException {
        files.folders("docs/");
        ServiceResult made = files.post("docs/raw.txt", "third body");
        assertThat(made.status()).isEqualTo(201);
        assertThat(tree(made)).isEqualTo(Map.of("name", "raw.txt", "path", "docs/raw.txt", "type", "file"));
        ServiceResult got = files.get("docs/raw.txt", "");
        assertThat(((Content.Bytes) got.content()).length()).isEqualTo(10);
        assertThat(text(got)).isEqualTo("third body");
    }

    @Test
    void bytesComeBackAsTheyWere() throws IOException {
        byte[] all = random(SOME_KILOBYTES);
        files.call(Verb.PUT, "a.bin", "", Map.of(), Body.raw(all, "application/octet-stream"), Rights.ALL);
        assertThat(bytes(files.get("a.bin", ""))).isEqualTo(all);
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        files.post("empty.txt", "");
        assertThat(files.text("empty.txt")).isEmpty();
        assertThat(files.properties("empty.txt")).containsEntry("content_length", 0L);
        assertThat(files.paths("", "")).containsExactly("empty.txt");
    }

    @Test
    void contentOfUnknownLengthIsStored() throws IOException {
        byte[] all = random(SOME_KILOBYTES);
        store.write(FilePath.of("a.bin"), new ByteArrayInputStream(all), OptionalLong.empty());
        store.write(FilePath.of("none.bin"), new ByteArrayInputStream(new byte[0]), OptionalLong.empty());
        assertThat(bytes(files.get("a.bin", ""))).isEqualTo(all);
        assertThat(bytes(files.get("none.bin", ""))).isEmpty();
    }

    @Test
    void anUploadTakesThePlaceOfTheFileThatIsThere() throws IOException {
        files.post("a.txt", "a rather long first text");
        files.post("a.txt", "short");
        assertThat(files.text("a.txt")).isEqualTo("short");
        assertThat(files.properties("a.txt")).containsEntry("content_length", 5L);
        files.call(Verb.PUT, "a.txt", "", Map.of(), FileCalls.raw("put"), Rights.ALL);
        assertThat(files.text("a.txt")).isEqualTo("put");
        assertThat(files.paths("", "")).containsExactly("a.txt");
    }

    @Test
    void checkExistKeepsTheFileThatIsThere() throws IOException {
        files.post("a.txt", "check_exist=true", "first");
        fails(400, "File 'a.txt' already exists.", () -> files.post("a.txt", "check_exist=true", "second"));
        assertThat(files.text("a.txt")).isEqualTo("first");
    }

    @Test
    void aFileIsUploadedWithItsNameInAHeader() throws IOException {
        files.folders("docs/");
        files.call(Verb.POST, "docs/", "", Map.of("X-File-Name", "h.txt"), FileCalls.raw("by header"), Rights.ALL);
        assertThat(files.text("docs/h.txt")).isEqualTo("by header");
    }

    @Test
    void aFileInNoFolderIsNotMade() {
        fails(404, "Folder 'no' does not exist.", () -> files.post("no/a.txt", "x"));
        assertThat(files.paths("", "")).isEmpty();
    }

    @Test
    void theFirstPartOfAFile() throws IOException {
        files.post("raw.txt", "third body");
        ServiceResult part = files.get("raw.txt", "Range", "bytes=0-4");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.headers()).containsEntry("Content-Range", "bytes 0-4/10");
        assertThat(text(part)).isEqualTo("third");
    }

    @Test
    void theMiddleAndTheEndOfAFile() throws IOException {
        byte[] all = random(SOME_KILOBYTES);
        files.call(Verb.POST, "a.bin", "", Map.of(), Body.raw(all, "application/octet-stream"), Rights.ALL);
        assertThat(bytes(files.get("a.bin", "Range", "bytes=70000-170000")))
                .isEqualTo(Arrays.copyOfRange(all, 70_000, 170_001));
        assertThat(bytes(files.get("a.bin", "Range", "bytes=299000-")))
                .isEqualTo(Arrays.copyOfRange(all, 299_000, SOME_KILOBYTES));
    }

    @Test
    void theLastPartOfAFile() throws IOException {
        files.post("raw.txt", "third body");
        assertThat(text(files.get("raw.txt", "Range", "bytes=-4"))).isEqualTo("body");
        assertThat(text(files.get("raw.txt", "Range", "bytes=6-99"))).isEqualTo("body");
        assertThat(text(files.get("raw.txt", "Range", "bytes=-99"))).isEqualTo("third body");
    }

    @Test
    void aPartBehindTheEndIsRefused() {
        files.post("raw.txt", "third body");
        fails(416, "10 bytes", () -> files.get("raw.txt", "Range", "bytes=10-"));
    }

    @Test
    void aRangeThatMakesNoSenseIsTheWholeFile() throws IOException {
        files.post("raw.txt", "third body");
        ServiceResult whole = files.get("raw.txt", "Range", "bytes=5-2");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(text(whole)).isEqualTo("third body");
    }

    @Test
    void aCallerThatHasTheFileIsToldSo() {
        files.post("a.txt", "one");
        String tag = files.get("a.txt", "").headers().get("ETag");
        assertThat(files.get("a.txt", "If-None-Match", tag).status()).isEqualTo(304);
        files.post("a.txt", "a longer text");
        assertThat(files.get("a.txt", "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void aFileTellsOfItself() {
        files.post("raw.txt", "third body");
        assertThat(files.properties("raw.txt"))
                .containsEntry("path", "raw.txt")
                .containsEntry("name", "raw.txt")
                .containsEntry("content_type", "text/plain")
                .containsEntry("content_length", 10L);
    }

    @Test
    void aFileTellsItsContentInBase64OrAsText() {
        files.post("raw.txt", "Grüße");
        assertThat(map(files.get("raw.txt", "include_properties=true&content=true")))
                .containsEntry("content", "R3LDvMOfZQ==");
        assertThat(map(files.get("raw.txt", "include_properties=true&content=true&is_base64=false")))
                .containsEntry("content", "Grüße");
    }

    @Test
    void theTimeOfAFileIsThatOfItsUpload() {
        files.post("a.txt", "x");
        String told = files.get("a.txt", "").headers().get("Last-Modified");
        Instant time =
                ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofMinutes(10));
        assertThat(files.properties("a.txt")).containsEntry("last_modified", told);
    }

    @Test
    void aFileIsDeleted() {
        files.post("a.txt", "x");
        files.post("b.txt", "x");
        assertThat(tree(files.delete("a.txt", ""))).isEqualTo(Map.of("name", "a.txt", "path", "a.txt"));
        fails(404, "The specified file 'a.txt' was not found in storage.", () -> files.get("a.txt", ""));
        assertThat(files.paths("", "")).containsExactly("b.txt");
    }

    @Test
    void deletingWhatIsMissingIsAnErrorUnlessItIsSaidNotToBe() {
        fails(404, "The specified file 'none.txt' was not found in storage.", () -> files.delete("none.txt", ""));
        fails(404, "was not found", () -> files.delete("none/a.txt", ""));
        assertThat(files.delete("none.txt", "no_check=true").status()).isEqualTo(200);
    }

    @Test
    void anUploadThatBreaksOffLeavesNoFile() {
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(1_000_000), OptionalLong.empty()}) {
            assertThatThrownBy(() -> store.write(FilePath.of("half.bin"), new BrokenStream(SOME_KILOBYTES), length))
                    .isInstanceOf(BrokenStream.BrokeOff.class);
            assertThat(files.paths("", "full_tree=true")).isEmpty();
            fails(404, "was not found", () -> files.get("half.bin", ""));
        }
        files.post("half.bin", "whole");
        assertThat(files.paths("", "")).containsExactly("half.bin");
    }

    @Test
    void anUploadThatBreaksOffLeavesTheOldFile() throws IOException {
        files.post("a.txt", "the old text");
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(1_000_000), OptionalLong.empty()}) {
            assertThatThrownBy(() -> store.write(FilePath.of("a.txt"), new BrokenStream(SOME_KILOBYTES), length))
                    .isInstanceOf(BrokenStream.BrokeOff.class);
            assertThat(files.text("a.txt")).isEqualTo("the old text");
        }
        assertThat(files.paths("", "")).containsExactly("a.txt");
    }

    @Test
    void readersSeeOneOfTheFilesThatWereWrittenAndNeverAMix() throws Exception {
        String one = "1".repeat(200_000);
        String two = "2".repeat(200_000);
        files.post("big.txt", one);
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> ones = others.submit(() -> repeat(one));
            Future<?> twos = others.submit(() -> repeat(two));
            while (!ones.isDone() || !twos.isDone()) {
                String seen = files.text("big.txt");
                assertThat(seen.equals(one) || seen.equals(two)).isTrue();
            }
            ones.get();
            twos.get();
        }
        assertThat(files.paths("", "")).containsExactly("big.txt");
    }

    private void repeat(String text) {
        for (int i = 0; i < 8; i++) {
            files.post("big.txt", text);
        }
    }

    @Test
    void twoMayDeleteAFileAtTheSameTime() throws Exception {
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                files.post("gone.txt", "x");
                Callable<Integer> delete =
                        () -> files.delete("gone.txt", "no_check=true").status();
                for (Future<Integer> status : others.invokeAll(List.of(delete, delete, delete))) {
                    assertThat(status.get()).isEqualTo(200);
                }
                assertThat(files.paths("", "")).isEmpty();
            }
        }
    }

    @Test
    void aScriptIsReadAsTextWithItsHashAsRevision() {
        files.folders("scripts/");
        files.post("scripts/größe.js", "return 'ü'");
        Reading.Found first = (Reading.Found) files.read("scripts/größe.js");
        assertThat(first.text()).isEqualTo("return 'ü'");
        assertThat(((Reading.Found) files.read("/scripts/größe.js")).revision()).isEqualTo(first.revision());
        files.post("scripts/größe.js", "return 'ä'");
        assertThat(((Reading.Found) files.read("scripts/größe.js")).revision()).isNotEqualTo(first.revision());
    }

    @Test
    void aScriptThatIsMissingOrNoTextIsSaidToBeSo() {
        files.folders("docs/");
        files.call(Verb.POST, "bad.js", "", Map.of(), Body.raw(new byte[] {'a', (byte) 0xff}, ""), Rights.ALL);
        assertThat(files.read("none.js")).isInstanceOf(Reading.Missing.class);
        assertThat(files.read("docs")).isInstanceOf(Reading.Missing.class);
        assertThat(files.read("../x.js")).isInstanceOf(Reading.Missing.class);
        assertThat(files.read("bad.js"))
                .isInstanceOfSatisfying(
                        Reading.Unfit.class, unfit -> assertThat(unfit.why()).contains("UTF-8"));
    }

    static byte[] random(int size) {
        byte[] all = new byte[size];
        new Random(size).nextBytes(all);
        return all;
    }
}
