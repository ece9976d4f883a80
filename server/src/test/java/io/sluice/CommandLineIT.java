package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of the packaged server: what it answers, and with which exit status. */
class CommandLineIT {
    @TempDir
    Path data;

    private record Said(int status, String text) {}

    private Said run(String input, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(ServerProcess.root().resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true);
        builder.environment().put("SLUICE_BUILD", "0");
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Test
    void anAdministratorIsCreatedAndCanLogIn() throws Exception {
        Said refused = run("short\n", "admin", "create", "--email", "ann@example.com", "--data", data.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("at least 16 characters");
        Said created = run("ann@example.com\na good long password\n", "admin", "create", "--data", data.toString());
        assertThat(created.text()).contains("Administrator ann@example.com created.");
        assertThat(created.status()).isZero();
        try (ServerProcess server = ServerProcess.launcher(
                Map.of(), "serve", "--host", "127.0.0.1", "--port", "0", "--data", data.toString())) {
            Api.at(server.address())
                    .login("ann@example.com", "a good long password")
                    .get("system/role")
                    .ok();
        }
    }

    @Test
    void withoutAnAdministratorOnlyThisMachineIsServed() throws Exception {
        try (ServerProcess server =
                ServerProcess.launcher(Map.of(), "serve", "--port", "0", "--data", data.toString())) {
            server.await("There is no administrator yet");
            assertThat(server.address()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void wrongUseIsSaidPlainly() throws Exception {
        Said port = run("", "serve", "--port", "many", "--data", data.toString());
        assertThat(port.status()).isEqualTo(2);
        assertThat(port.text())
                .contains("http.port must be a whole number from 0 to 65535, not 'many' (from the command line)");
        Said option = run("", "serve", "--prot", "1");
        assertThat(option.status()).isEqualTo(2);
        assertThat(option.text()).contains("--prot");
        assertThat(run("").status()).isEqualTo(2);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said said = run(
                    "",
                    "serve",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(taken.getLocalPort()),
                    "--data",
                    data.toString());
            assertThat(said.status()).isEqualTo(1);
            assertThat(said.text())
                    .contains(String.valueOf(taken.getLocalPort()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void whatTheReadmeSaysOfScriptTestsWorks() throws Exception {
        String readme = Files.readString(ServerProcess.root().resolve("README.md"));
        int section = readme.indexOf("## Scripts, tested");
        int begin = readme.indexOf("```sh\n", section) + 6;
        String commands = readme.substring(begin, readme.indexOf("```", begin))
                .replace("./sluice", ServerProcess.root().resolve("sluice").toString());
        Said passed = shell(commands);
        assertThat(passed.text()).contains("  ok    adds what the customer pays", "1 passed, 0 failed");
        assertThat(passed.status()).isZero();
        assertThat(shell(commands.replace("12.5", "12.6")).status()).isEqualTo(1);
        Said one = run(
                "{response: {content: {resource: []}}}",
                "script",
                "run",
                "db._table.orders.get.post_process",
                "--event",
                "-",
                "--script",
                "scripts/orders.js");
        assertThat(one.status()).isEqualTo(1);
        assertThat(one.text()).contains("\"source\" : \"const rate = platform.api.get(");
    }

    private Said shell(String commands) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", commands)
                .directory(data.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SLUICE_BUILD", "0");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
