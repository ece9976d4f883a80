package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.local.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: nothing half is left, what was there stays, and the caller is told. */
class F59_FullDiskTest {
    @TempDir
    Path machine;

    private Path disk;
    private FileCalls files;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(machine.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "sluice-test", disk.toString()),
                "only root may mount the small disk of this test");
        files = FileCalls.over(new LocalFiles(new LocalRoots(List.of(disk)))
                .open(new ServiceDefinition(7, "files", "", "", "local_file", true, Map.of("container", "store"))));
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noSuchProgram) {
            return false;
        }
        process.getInputStream().readAllBytes();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void anUploadThatDoesNotFitIsNoFileAndTheOldOneStays() throws IOException {
        files.post("a.txt", "the old text");
        for (String name : List.of("a.txt", "b.bin")) {
            fails(
                    507,
                    "the disk that it writes to is full",
                    () -> files.call(
                            Verb.POST,
                            name,
                            "",
                            Map.of(),
                            Body.raw(FileStoreContract.random(2 << 20), ""),
                            Rights.ALL));
        }
        assertThat(files.text("a.txt")).isEqualTo("the old text");
        assertThat(files.paths("", "")).containsExactly("a.txt");
        try (var left = Files.list(disk.resolve("store"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("a.txt");
        }
        files.post("c.txt", "there is room for this");
        assertThat(files.text("c.txt")).isEqualTo("there is room for this");
    }

    @Test
    void anArchiveThatDoesNotFitLeavesWholeFilesOnly() throws IOException {
        byte[] archive = new Zips()
                .with("one.bin", FileStoreContract.random(400_000))
                .with("two.bin", FileStoreContract.random(900_000))
                .bytes();
        fails(
                507,
                "full",
                () -> files.call(
                        Verb.POST, "x.zip", "extract=true", Map.of(), TransferContract.zip(archive), Rights.ALL));
        assertThat(files.paths("", "")).containsExactly("one.bin");
        assertThat(FileCalls.bytes(files.get("one.bin", ""))).isEqualTo(FileStoreContract.random(400_000));
    }
}
