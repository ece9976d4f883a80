package io.sluice.app;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Settings.FirstAdministrator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code sluice train}, for the launcher: starts a server on an empty folder, makes a few calls and stops, so that the JVM can write
 * down which classes a start needs ({@code -XX:AOTCacheOutput}). Runs no script: their engine is not part of a start.
 */
final class Training {
    private static final FirstAdministrator ADMINISTRATOR =
            new FirstAdministrator("train@example.com", "only while training");

    private Training() {}

    static int run(Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory("sluice-training");
            try {
                start(folder, environment);
                start(folder, environment);
            } finally {
                delete(folder);
            }
            return 0;
        } catch (IOException e) {
            throw new StartException("The training run failed: " + e.getMessage(), e);
        }
    }

    private static void start(Path folder, Map<String, String> environment) throws IOException {
        Settings settings = Settings.read(
                        folder.resolve("sluice.yaml"),
                        environment,
                        Map.of(
                                Setting.DATA_DIR, folder.toString(),
                                Setting.HTTP_HOST, "127.0.0.1",
                                Setting.HTTP_PORT, "0"))
                .withFirstAdministrator(Optional.of(ADMINISTRATOR));
        try (Server server = Server.start(settings);
                InputStream answer =
                        URI.create(server.address() + "/health/live").toURL().openStream()) {
            answer.readAllBytes();
            OwnClient client = new OwnClient(server.api());
            client.login(ADMINISTRATOR.email(), ADMINISTRATOR.password());
            client.named("system/service", "files");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            below.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
