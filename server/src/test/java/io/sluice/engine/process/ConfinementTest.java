package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.Limits;
import io.sluice.engine.Run.Limit;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a confined program can see and do; with the rights that the tests run with. */
class ConfinementTest {
    private final Confinement confinement = new Confinement(false);

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheRights() {
        assumeTrue(confinement.refusal().isEmpty(), () -> confinement.refusal().orElse(""));
    }

    @AfterEach
    void close() {
        confinement.close();
        assertThat(confinement.count()).isZero();
    }

    private Command shell(String text, List<Path> shown, List<Path> writable) {
        return new Command(
                List.of("/bin/sh", "-c", text),
                shown,
                writable,
                Map.of(),
                Quota.ofMemory(512L << 20),
                new Network.None());
    }

    private String said(String text) throws IOException {
        return said(shell(text, List.of(), List.of()));
    }

    private String said(Command command) throws IOException {
        try (Child child = confinement.start(command)) {
            return new String(child.out().readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void seesNoFilesOfTheServer() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.key"), "s3cr3t");
        assertThat(said("cat '" + secret + "' /etc/shadow /etc/passwd 2>&1; ls /"))
                .doesNotContain("s3cr3t", "root:")
                .contains("No such file")
                .doesNotContain("home", "root\n", "var");
    }

    @Test
    void seesWhatItIsShownAndCannotChangeIt() throws IOException {
        Path shown = Files.writeString(folder.resolve("shown.txt"), "hello");
        assertThat(said(shell("cat '" + shown + "'; echo x >'" + shown + "'; echo $?", List.of(shown), List.of())))
                .startsWith("hello")
                .doesNotEndWith("0");
        assertThat(shown).hasContent("hello");
    }

    @Test
    void writesWhereItMay() throws IOException {
        Path writable = Files.createDirectory(folder.resolve("out"));
        said(shell("echo done >'" + writable + "/result'", List.of(), List.of(writable)));
        assertThat(writable.resolve("result")).hasContent("done\n");
    }

    @Test
    void hasATemporaryFolderOfItsOwn() throws IOException {
        assertThat(said("pwd; ls -A; echo x >y && cat y")).isEqualTo("/tmp\nx");
        assertThat(said("ls -A /tmp")).isEmpty();
    }

    @Test
    void seesNoNetworkAndOnlyItsOwnProcesses() throws IOException {
        assertThat(said("cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '"))
                .isEqualTo("lo");
        assertThat(Integer.parseInt(said("ls /proc | grep -c '^[0-9]'"))).isLessThan(10);
    }

    @Test
    void hasNoRightsAndNoEnvironment() throws IOException {
        assertThat(
                        said(
                                "grep -h -e '^CapEff' -e '^NoNewPrivs' /proc/self/status; env | grep -v -e ^PATH= -e ^PWD= -e ^_="))
                .contains("0000000000000000")
                .contains("NoNewPrivs:\t1")
                .hasLineCount(2);
    }

    @Test
    void hasNoUserNamespaceOfItsOwn() throws IOException {
        assertThat(said("unshare --user true && echo made; cat /proc/sys/user/max_user_namespaces"))
                .doesNotContain("made");
        assertThat(said("echo 9 2>&1 >/proc/sys/user/max_user_namespaces || echo kept"))
                .endsWith("kept");
    }

    @Test
    void hasNoMemoryThatBelongsToNoProcess() throws IOException {
        assertThat(said("ipcmk -M 1000; ipcmk -Q; ipcmk -S 1")).isEmpty();
        assertThat(said("ulimit -a >/dev/null; grep 'msgqueue' /proc/self/limits"))
                .containsPattern("msgqueue size +0 +0 ");
        assertThat(said("ls -d /dev/shm /dev/mqueue")).isEmpty();
    }

    @Test
    void makesOnlySoManyFiles() throws IOException {
        assertThat(Integer.parseInt(said("df --output=itotal /tmp | tail -1 | tr -d ' '")))
                .isBetween(1_000, 20_000);
    }

    @Test
    void seesCertificatesOfAuthoritiesButNoKeys() throws IOException {
        assertThat(said("ls /etc/ssl | grep -v -x -e certs -e openssl.cnf -e cert.pem"))
                .isEmpty();
    }

    @Test
    void whatIsMountedBelowWhatItIsShownIsReadOnlyToo() throws Exception {
        Path below = Files.createDirectories(folder.resolve("shown/with a space"));
        String line = "mount -t tmpfs -o mode=777 none \"$1/with a space\" || { echo none; exit; }; shift; exec \"$@\"";
        List<String> jailed = Way.OWN_USER.line(
                shell(
                        "grep -h ' /.*space' /proc/self/mountinfo; echo x >'" + below + "/x'; echo $?",
                        List.of(folder.resolve("shown")),
                        List.of()),
                Files.createDirectory(folder.resolve("root")),
                2_030_000_000L,
                java.util.Optional.empty());
        List<String> command = new java.util.ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                line,
                "sh",
                folder.resolve("shown").toString()));
        command.addAll(jailed);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeTrue(said.contains(" ro,"), "nothing can be mounted here: " + said);
        assertThat(said).contains("Read-only file system").doesNotEndWith("0");
    }

    @Test
    void foldersOfServersThatWereKilledAreRemoved() throws IOException {
        Path left = Files.createTempDirectory("sluice-jail-");
        Files.createFile(left.resolve("lock"));
        Files.createDirectory(left.resolve("root"));
        try (Confinement next = new Confinement(false)) {
            assertThat(next.refusal()).isEmpty();
            assertThat(left).doesNotExist();
            assertThat(said("echo here")).isEqualTo("here");
        }
    }

    @Test
    void takesWhatItStartedWithItWhenItIsKilled() {
        Child child = confinement.start(shell("sleep 1000 & (setsid sleep 1000 &) ; sleep 1000", List.of(), List.of()));
        Eventually.is("all have started", () -> child.usage().processes() >= 6);
        List<ProcessHandle> below =
                ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
        assertThat(below).isNotEmpty();
        child.close();
        Eventually.is("all have ended", () -> below.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void theWatchdogEndsWhatRunsTooLong() {
        try (Watchdog watchdog = Watchdog.start();
                Child child = confinement.start(shell("while :; do :; done", List.of(), List.of()))) {
            Limits limits = new Limits(System.nanoTime() + 200_000_000, 200, 512L << 20);
            try (Watch watch = watchdog.watch(child, limits)) {
                assertThat(child.awaitEnd(30_000)).isTrue();
                assertThat(watch.tripped()).contains(Limit.TIME);
            }
        }
    }

    @Test
    void theWatchdogEndsProcessesThatTogetherUseTooMuchMemory() {
        String grow = "awk 'BEGIN { s = sprintf(\"%20000000s\", \"x\"); while (1) t = s }' & ";
        try (Watchdog watchdog = Watchdog.start();
                Child child = confinement.start(shell(grow.repeat(4) + " wait", List.of(), List.of()))) {
            Limits limits = new Limits(System.nanoTime() + 60_000_000_000L, 60_000, 40L << 20);
            try (Watch watch = watchdog.watch(child, limits)) {
                assertThat(child.awaitEnd(50_000)).isTrue();
                assertThat(watch.tripped()).contains(Limit.MEMORY);
            }
        }
    }
}
