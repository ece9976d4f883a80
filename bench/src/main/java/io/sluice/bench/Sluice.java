package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts Sluice and the bare core. The launcher replaces itself by the JVM, so its process is the server's.
 *
 * @param launcher the file {@code sluice} of a checkout or release
 */
record Sluice(Path launcher) {
    static final String ADMIN_EMAIL = "admin@example.com";
    static final String ADMIN_PASSWORD = "bench.password.12345";

    /** Settings of the caller's environment that stay: they choose the JVM's flags, for both servers. */
    private static final List<String> KEPT = List.of("SLUICE_JAVA_OPTS", "SLUICE_OPTIMIZE");

    /** Lets the launcher build what is missing or old, so that no start that is timed does. */
    void build() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(launcher.toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new BenchException("the launcher could not build the server");
        }
    }

    /** The folder of the source tree that the launcher lies in. */
    Path checkout() {
        return launcher.toAbsolutePath().resolveSibling("");
    }

    ServerProcess serve(Path data, Workspace workspace) throws IOException {
        return serve(data, "", workspace);
    }

    /** {@code memory}: flags in place of the launcher's own; empty: those. */
    ServerProcess serve(Path data, String memory, Workspace workspace) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        launcher.toString(), "serve", "--port", "0", "--data", data.toString())
                .directory(workspace.folder("cwd").toFile());
        Map<String, String> environment = command.environment();
        environment.keySet().removeIf(name -> name.startsWith("SLUICE_") && !KEPT.contains(name));
        if (!memory.isEmpty()) {
            environment.put("SLUICE_JAVA_OPTS", memory);
        }
        environment.put("SLUICE_HTTP_HOST", "127.0.0.1");
        environment.put("SLUICE_ADMIN_EMAIL", ADMIN_EMAIL);
        environment.put("SLUICE_ADMIN_PASSWORD", ADMIN_PASSWORD);
        return ServerProcess.start("sluice", command, workspace);
    }

    /** The bare core in the same JVM, under the same flags, as the Sluice that is running. */
    static ServerProcess bareCore(ServerProcess sluice, Database database, Workspace workspace) throws IOException {
        List<String> program =
                List.of("-cp", System.getProperty("java.class.path"), BareCore.class.getName(), database.url());
        List<String> command =
                Stream.concat(jvm(sluice.pid()).stream(), program.stream()).toList();
        return ServerProcess.start("bare core", new ProcessBuilder(command), workspace);
    }

    /** Program and flags of a running JVM, up to the jar, without what names this one start. */
    static List<String> jvm(long pid) {
        return ProcessFigures.commandLine(pid).stream()
                .takeWhile(word -> !word.equals("-jar"))
                .filter(word -> !word.startsWith("-Dsluice."))
                .toList();
    }
}
