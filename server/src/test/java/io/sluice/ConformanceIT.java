package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.LoadSql;
import io.sluice.testing.MariaServer;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conformance kit against the packaged server, strictly, with the cases of {@code conformance/passing.txt}. Other cases:
 * {@code conformance/run --area records}, which sets {@code -Dconformance.arguments}.
 */
class ConformanceIT {
    private static final String EMAIL = "admin@example.com";
    private static final String PASSWORD = "conformance kit 1";

    @TempDir
    Path data;

    @Test
    void theCasesThatPassGoOnPassing() throws Exception {
        replayAll("--pg", PostgresServer.get().newDatabase(), "jdbc:postgresql:", selection());
    }

    /** The kit leaves out what only PostgreSQL has. */
    @Test
    void theDatabaseCasesPassOnMariaDb() throws Exception {
        replayAll(
                "--mysql",
                MariaServer.get().newDatabase(),
                "jdbc:mariadb:",
                List.of("--area", "schema,records,filter,related,write,batch,misc"));
    }

    private void replayAll(String kind, Map<String, Object> sample, String driver, List<String> selection)
            throws Exception {
        boolean python = runs("python3", "--version");
        if (Boolean.getBoolean("conformance.required")) {
            assertThat(python).as("python3 is here").isTrue();
        }
        assumeTrue(python, "the conformance kit needs python3");
        String place = sample.get("host") + ":" + sample.get("port") + "/" + sample.get("database") + "?user="
                + sample.get("username") + "&password=" + sample.getOrDefault("password", "");
        try (ServerProcess server = ServerProcess.jar(
                Map.of(
                        "SLUICE_ADMIN_EMAIL",
                        EMAIL,
                        "SLUICE_ADMIN_PASSWORD",
                        PASSWORD,
                        // What is looked at here is the contract, also where programs cannot be confined.
                        "SLUICE_SCRIPTS_UNCONFINED",
                        "true"),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--data",
                data.toString())) {
            List<String> command = new ArrayList<>(List.of(
                    "python3",
                    ServerProcess.root().resolve("conformance/replay.py").toString(),
                    "--base",
                    server.address(),
                    "--admin-email",
                    EMAIL,
                    "--admin-password",
                    PASSWORD,
                    kind,
                    place,
                    "--load-cmd",
                    loadCommand(driver + "//" + place),
                    "--languages",
                    languages(),
                    "--strict"));
            command.addAll(selection);
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(status)
                    .as("exit status of replay.py; server said:\n%s", server.output())
                    .isZero();
        }
    }

    /** Those that this machine can run; the kit says which cases it leaves out for the others. It needs Python itself. */
    private static String languages() throws InterruptedException {
        boolean php = runs("php", "--version") || runs("php-fpm", "--version");
        if (Boolean.getBoolean("conformance.required")) {
            assertThat(php).as("php is here").isTrue();
        }
        // python3 is here: it runs the kit.
        return php ? "nodejs,python3,php" : "nodejs,python3";
    }

    private static List<String> selection() throws IOException {
        String given = System.getProperty("conformance.arguments", "");
        if (!given.isBlank()) {
            return List.of(given.trim().split("\\s+"));
        }
        try (var lines = Files.lines(ServerProcess.root().resolve("conformance/passing.txt"), StandardCharsets.UTF_8)) {
            String numbers = lines.map(line -> line.replaceAll("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining(","));
            return List.of("--only", numbers);
        }
    }

    private static String loadCommand(String jdbcAddress) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = place(LoadSql.class) + ":" + place(org.postgresql.Driver.class) + ":"
                + place(org.mariadb.jdbc.Driver.class);
        return java + " -XX:TieredStopAtLevel=1 -cp " + classes + " " + LoadSql.class.getName() + " '" + jdbcAddress
                + "'";
    }

    private static String place(Class<?> type) {
        return Path.of(java.net.URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
