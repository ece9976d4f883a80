package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The service that a user would otherwise write: Node.js, Fastify and pg, in {@code bench/by-hand}. One process. */
final class HandWritten {
    private static final String[] FILES = {"package.json", "server.js"};

    private HandWritten() {}

    /** Installs its two packages in the workspace and starts it. */
    static ServerProcess start(Database database, Workspace workspace) throws IOException, InterruptedException {
        Path folder = workspace.folder("by-hand");
        Path source = Path.of(System.getProperty("sluice.launcher", "./sluice")).resolveSibling("bench/by-hand");
        for (String file : FILES) {
            Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        install(folder);
        ProcessBuilder command = new ProcessBuilder("node", "server.js").directory(folder.toFile());
        Map<String, String> environment = command.environment();
        environment.put("NODE_ENV", "production");
        environment.put("PGHOST", database.host());
        environment.put("PGPORT", Integer.toString(database.port()));
        environment.put("PGDATABASE", database.name());
        environment.put("PGUSER", database.user());
        environment.put("PGPASSWORD", database.password());
        return ServerProcess.start("by hand", command, workspace);
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (npm.waitFor() != 0) {
            throw new BenchException("npm could not install fastify and pg");
        }
    }
}
