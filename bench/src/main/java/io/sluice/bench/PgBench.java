package io.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same statement without any server in between: PostgreSQL's own {@code pgbench}, prepared, for five seconds. */
final class PgBench {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final int SECONDS = 5;

    private PgBench() {}

    /** "12,345 a second"; or why it could not be asked. */
    static String perSecond(ReadCall read, Database database, int connections)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("read", ".sql");
        try {
            Files.writeString(script, read.sql() + ";\n");
            return rate(run(script, database, connections));
        } catch (IOException missing) {
            return "not measured: " + missing.getMessage();
        } finally {
            Files.delete(script);
        }
    }

    private static String run(Path script, Database database, int connections)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + connections,
                "--jobs=2",
                "--time=" + SECONDS,
                "--file=" + script,
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + database.user(),
                database.name());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", database.password());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String rate(String said) {
        Matcher found = RATE.matcher(said);
        return found.find()
                ? "%,.0f statements a second".formatted(Double.parseDouble(found.group(1)))
                : "not measured: " + said.strip();
    }
}
