package io.sluice.service.file;

import static io.sluice.service.file.FileCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.local.LocalFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are meant to do harm, or are damaged: nothing of them is stored, and the folder stays as it was. */
class F19_ArchivesTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(50, 8 << 20, 200, 4);

    @TempDir
    Path machine;

    private FileStore store;
    private FileCalls files;
    private Set<Path> temporary;

    @BeforeEach
    void start() throws IOException {
        Path root = Files.createDirectory(machine.resolve("root"));
        store = new LocalFiles(new LocalRoots(List.of(root)))
                .open(new ServiceDefinition(7, "files", "", "", "local_file", true, Map.of("container", "store")));
        Intake intake =
                new Intake(new UrlImport(new Hosts(OutboundRule.PUBLIC_ONLY).anywhere(), Long.MAX_VALUE), LIMITS);
        files = new FileCalls(new FileService("files", store, intake, PublicFolders.NONE));
        files.folders("docs/");
        files.post("docs/old.txt", "old");
        temporary = temporary();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(temporary()).isEqualTo(temporary);
        try (var all = Files.list(machine)) {
            assertThat(all.map(path -> path.getFileName().toString())).containsExactly("root");
        }
    }

    private static Set<Path> temporary() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().matches("sluice-.*\\.zip"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void refused(String why, byte[] archive) {
        fails(400, why, () -> unpack("extract=true&clean=true", archive));
        assertThat(files.paths("", "full_tree=true")).containsExactly("docs/", "docs/old.txt");
    }

    private void unpack(String query, byte[] archive) {
        files.call(Verb.POST, "docs/x.zip", query, Map.of(), Body.raw(archive, "application/zip"), Rights.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../up.txt",
                "a/../../up.txt",
                "/etc/up.txt",
                "..",
                "a/./b.txt",
                "..\\up.txt",
                "C:\\up.txt",
                "a\nb.txt",
                "/",
                "../docs2/up.txt"
            })
    void namesThatLeadOutAreRefused(String name) {
        refused("", new Zips().with("good.txt", "x").with(name, "x").bytes());
    }

    @Test
    void moreEntriesThanAllowedAreRefused() {
        Zips many = new Zips();
        for (int i = 0; i <= LIMITS.entries(); i++) {
            many.with(i + ".txt", "x");
        }
        refused("more than 50 files", many.bytes());
    }

    @Test
    void moreBytesThanAllowedAreRefused() {
        Zips large = new Zips();
        for (int i = 0; i < 9; i++) {
            large.with(i + ".bin", FileStoreContract.random(1 << 20));
        }
        refused("more than 8388608 bytes", large.bytes());
    }

    @Test
    void aFileThatIsPackedTooTightIsRefused() {
        refused(
                "times its size",
                new Zips().with("zeros.bin", new byte[4 << 20]).bytes());
    }

    @Test
    void manySmallFilesThatArePackedTooTightAreRefused() {
        Zips many = new Zips();
        for (int i = 0; i < 7; i++) {
            many.with(i + ".bin", new byte[1 << 20]);
        }
        refused("times its size", many.bytes());
    }

    @Test
    void foldersThatAreTooDeepAreRefused() {
        refused("deep", new Zips().with("a/b/c/d/e.txt", "x").bytes());
    }

    @Test
    void anArchiveInAnArchiveStaysOne() throws IOException {
        byte[] inner = new Zips().with("zeros.bin", new byte[4 << 20]).bytes();
        unpack("extract=true", new Zips().with("inner.zip", inner).bytes());
        assertThat(FileCalls.bytes(files.get("docs/inner.zip", ""))).isEqualTo(inner);
        assertThat(files.paths("docs/", "")).containsExactly("docs/inner.zip", "docs/old.txt");
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        refused("", "no archive at all".getBytes(StandardCharsets.UTF_8));
        refused("", "PK\3\4".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void anArchiveThatIsCutOffAnywhereIsRefused() {
        byte[] whole = new Zips()
                .with("a.txt", "some text")
                .with("b.bin", FileStoreContract.random(500))
                .bytes();
        for (int length = 1; length < whole.length; length += 7) {
            refused("", Arrays.copyOf(whole, length));
        }
    }

    @Test
    void damagedContentIsRefused() {
        byte[] archive =
                new Zips().with("a.bin", FileStoreContract.random(5_000)).bytes();
        archive[2_000] ^= 0x55;
        refused("cannot be read", archive);
    }

    /** The header says 10 bytes; what counts is what comes out. */
    @Test
    void aSizeThatIsALieHelpsNothing() {
        byte[] archive = new Zips().with("zeros.bin", new byte[4 << 20]).bytes();
        ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(22, 10);
        refused("", archive);
    }

    @Test
    void aRoleIsAskedAboutEachEntry() {
        byte[] archive =
                new Zips().with("good.txt", "x").with("private/a.txt", "x").bytes();
        Rights rights = new RightsOf(Set.of("docs/x.zip", "docs/good.txt"));
        fails(
                403,
                "docs/private/a.txt",
                () -> files.call(Verb.POST, "docs/x.zip", "extract=true", Map.of(), Body.raw(archive, ""), rights));
        assertThat(files.paths("docs/", "")).containsExactly("docs/old.txt");
    }

    private record RightsOf(Set<String> components) implements Rights {
        @Override
        public int mask(String component) {
            return components.contains(component) ? 31 : 0;
        }

        @Override
        public java.util.Optional<io.sluice.api.RowRule> rows(Verb verb, String component) {
            return java.util.Optional.empty();
        }
    }

    @Test
    void checkExistIsAskedBeforeAnythingIsStored() throws IOException {
        byte[] archive = new Zips().with("a.txt", "x").with("old.txt", "new").bytes();
        fails(400, "File 'docs/old.txt' already exists.", () -> unpack("extract=true&check_exist=true", archive));
        assertThat(files.paths("docs/", "")).containsExactly("docs/old.txt");
        assertThat(files.text("docs/old.txt")).isEqualTo("old");
    }
}
