package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server without root's rights confines with user namespaces, or says what to do. */
class WithoutRootTest {
    private static String confined(String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Optional<List<String>> may = Interpreter.answer(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", java, "-version"));
        assumeTrue(may.isPresent(), "these tests run without root's rights, or another user cannot run this JDK");
        List<String> line = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ClassPath.text(),
                UnprivilegedConfinement.class.getName()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void userNamespacesConfineAsWell() throws Exception {
        Path file = Files.writeString(Path.of(System.getProperty("java.io.tmpdir"), "sluice-not-shown.txt"), "here");
        try {
            String said =
                    confined("grep CapEff /proc/self/status; cat " + file + " 2>&1; ls /; cat /proc/net/dev | wc -l");
            assumeFalse(said.contains("ClassNotFoundException"), "another user cannot read the classes");
            assumeFalse(said.startsWith("refused"), said);
            assertThat(said)
                    .contains("0000000000000000", "No such file")
                    .doesNotContain("here", "home")
                    .endsWith("3");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void thereIsNoUserNamespaceBelowAndNoMemoryOfNobody() throws Exception {
        String said = confined(
                "unshare --user true && echo made; echo 9 2>/dev/null >/proc/sys/user/max_user_namespaces || echo kept;"
                        + " echo 9 2>/dev/null >/proc/sys/kernel/shmmni || echo kept; cat /proc/sys/kernel/shmmni; ls /etc/ssl");
        assumeFalse(said.contains("ClassNotFoundException"), "another user cannot read the classes");
        assumeFalse(said.startsWith("refused"), said);
        assertThat(said).startsWith("kept\nkept\n").doesNotContain("private");
    }

    @Test
    void theWayOutIsOutOfReachThoughBothHaveOneUser() throws Exception {
        String said = confined(
                "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'forward[e]r'; kill -9 -1;"
                        + " tail -n +3 /proc/net/dev | wc -l; grep -q 127.0.0.1 /proc/net/fib_trie && echo raised",
                "with a way out");
        assumeFalse(said.contains("ClassNotFoundException"), "another user cannot read the classes");
        assumeFalse(said.startsWith("refused"), said);
        assertThat(said).isEqualTo("0\n1\nraised");
    }
}
