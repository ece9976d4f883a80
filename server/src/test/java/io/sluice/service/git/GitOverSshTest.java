package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import io.sluice.testing.Backends;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code git} type over ssh: OpenSSH and Git itself on the other side. */
class GitOverSshTest extends FreshRepository {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private Path keys;
    private Process sshd;
    private int port;

    @BeforeEach
    void startSshd() throws Exception {
        Backends.need("openssh", Files.isExecutable(SSHD), "the Debian package openssh-server");
        keys = Files.createDirectory(machine.resolve("keys"));
        key("host", "ed25519");
        key("user", "ed25519");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                keys.resolve("sshd.conf"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                """.formatted(port, keys.resolve("host"), keys.resolve("user.pub")));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // where sshd locks itself in before a login
        }
        sshd = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(keys.resolve("sshd.log").toFile())
                .start();
        Eventually.is("sshd takes connections", this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stopSshd() {
        if (sshd != null) {
            sshd.destroy();
        }
    }

    private void key(String name, String type) throws Exception {
        said("ssh-keygen", "-q", "-t", type, "-N", "", "-f", keys.resolve(name).toString());
    }

    private static String said(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String fingerprint() throws Exception {
        return said("ssh-keygen", "-l", "-f", keys.resolve("host.pub").toString())
                .split(" ")[1];
    }

    private Calls ssh(Map<String, Object> more) throws Exception {
        Map<String, Object> config = new HashMap<>();
        config.put("private_key", Files.readString(keys.resolve("user")));
        config.put("username", System.getProperty("user.name"));
        config.put("host_fingerprint", fingerprint());
        config.putAll(more);
        return open("ssh://git@127.0.0.1:" + port + root, NetLimits.DEFAULT, config);
    }

    @Test
    void aTextComesWithItsCommit() throws Exception {
        server.tag("sales.git", "v1", first);
        String second = server.commit("sales.git", "main", "orders.js", "return 2", "Two");
        try (Calls git = ssh(Map.of())) {
            assertThat(git.found("sales.git", "", "orders.js").revision()).isEqualTo(second);
            assertThat(git.found("sales.git", "v1", "orders.js").text()).isEqualTo("return 1");
            assertThat(git.found("sales.git", second, "orders.js").text()).isEqualTo("return 2");
            GitHost host = (GitHost) git.service();
            assertThat(host.ancestry("sales.git", first, second)).isEqualTo(Ancestry.AFTER);
            assertThat(host.ancestry("sales.git", "1".repeat(40), second)).isEqualTo(Ancestry.APART);
            assertThat(host.ancestry("sales.git", second, "1".repeat(40))).isEqualTo(Ancestry.UNKNOWN);
            assertThat(host.defaultBranch("sales.git")).contains("main");
            assertThat(git.list("as_list=1", "_tag", "sales.git")).isEqualTo(List.of("v1"));
            git.missing("there is no repository nothing.git", "nothing.git", "", "orders.js");
            git.missing("no branch or tag 'dev'", "sales.git", "dev", "orders.js");
        }
        assertThat(server.requests()).isZero();
    }

    @Test
    void aForcePushIsToldFromWhatCameBefore() throws Exception {
        String second = server.commit("sales.git", "main", "orders.js", "return 2", "Two");
        server.reset("sales.git", "main", first);
        String forced = server.commit("sales.git", "main", "orders.js", "return 3", "Three");
        try (Calls git = ssh(Map.of())) {
            assertThat(((GitHost) git.service()).ancestry("sales.git", second, forced))
                    .isEqualTo(Ancestry.APART);
        }
    }

    @Test
    void aServerThatShowsAnotherKeyIsToldNothing() throws Exception {
        String other = "SHA256:" + "A".repeat(43);
        try (Calls git = ssh(Map.of("host_fingerprint", other))) {
            git.unreachable("shows another key than host_fingerprint says: " + fingerprint(), "sales.git", "", "a.js");
        }
        try (Calls git = ssh(Map.of("host_fingerprint", ""))) {
            git.unreachable("It shows " + fingerprint(), "sales.git", "", "a.js");
        }
        assertThat(Files.readString(keys.resolve("sshd.log"))).doesNotContain("Accepted");
    }

    @Test
    void f21_aKeyThatIsNotTakenIsNotShown() throws Exception {
        key("stranger", "ed25519");
        String stranger = Files.readString(keys.resolve("stranger"));
        try (Calls git = ssh(Map.of("private_key", stranger))) {
            git.unreachable("refuses the login", "sales.git", "", "a.js");
            assertThat(git.read("sales.git", "", "a.js").toString())
                    .doesNotContain(stranger.lines().skip(1).findFirst().orElseThrow());
        }
        Calls.fails(400, "private_key", () -> ssh(Map.of("private_key", CANARY)));
        try {
            ssh(Map.of("private_key", CANARY));
        } catch (ApiException e) {
            assertThat(e.error().message()).doesNotContain(CANARY);
        }
    }

    @Test
    void aHostThatIsGoneIsUnreachable() throws Exception {
        sshd.destroy();
        assertThat(sshd.waitFor()).isNotNegative();
        try (Calls git = ssh(Map.of())) {
            git.unreachable("the host 127.0.0.1", "sales.git", "", "a.js");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git@127.0.0.1:team",
                "ssh://git:" + CANARY + "@127.0.0.1/team",
                "ssh://git@169.254.169.254/team",
                "ssh:///team"
            })
    void addressesThatCannotBeAreRefusedWithoutRepeatingThem(String base) throws Exception {
        Map<String, Object> login = Map.of("private_key", Files.readString(keys.resolve("user")));
        Calls.fails(400, "base_url", () -> open(base, NetLimits.DEFAULT, login));
        try {
            open(base, NetLimits.DEFAULT, login);
        } catch (ApiException e) {
            assertThat(e.error().message()).doesNotContain(CANARY);
        }
    }

    @Test
    void somebodyMustLogIn() {
        Calls.fails(400, "private_key or a password", () -> open("ssh://git@host/team", NetLimits.DEFAULT, Map.of()));
        Calls.fails(
                400,
                "host_fingerprint",
                () -> open("ssh://h/t", NetLimits.DEFAULT, Map.of("password", "x", "host_fingerprint", "nonsense")));
    }
}
