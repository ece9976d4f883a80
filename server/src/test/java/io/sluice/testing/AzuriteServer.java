package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Azurite, Microsoft's emulator of Azure Blob Storage, from npm. It is looked for in the folder that the environment variable
 * {@code SLUICE_TEST_AZURITE} names, where {@code npm i --ignore-scripts azurite@3.35.0} was run. One for all tests of this JVM.
 */
public final class AzuriteServer {
    public static final String ACCOUNT = "devstoreaccount1";

    /** The one that every Azurite has. */
    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String PROGRAM = "node_modules/azurite/dist/src/blob/main.js";

    private final int port;

    private AzuriteServer(int port) {
        this.port = port;
    }

    private static final class Holder {
        static final AzuriteServer ONLY = start();
    }

    /** The server; where it is not installed the test is skipped, or fails when it is required. */
    public static AzuriteServer get() {
        Backends.need(
                "azurite",
                program().filter(Files::isReadable).isPresent(),
                "azurite from npm, in a folder that SLUICE_TEST_AZURITE names");
        return Holder.ONLY;
    }

    private static Optional<Path> program() {
        return Optional.ofNullable(System.getenv("SLUICE_TEST_AZURITE"))
                .map(folder -> Path.of(folder).resolve(PROGRAM));
    }

    private static AzuriteServer start() {
        try {
            Path folder = Files.createTempDirectory("sluice-azurite");
            int port = Daemon.freePort();
            Daemon.start(
                            folder.resolve("log"),
                            Map.of(),
                            List.of(
                                    "node",
                                    program().orElseThrow().toString(),
                                    "--blobHost",
                                    "127.0.0.1",
                                    "--blobPort",
                                    "" + port,
                                    "--location",
                                    folder.toString(),
                                    "--skipApiVersionCheck",
                                    "--disableTelemetry",
                                    "--silent"))
                    .await("Azurite", () -> Daemon.listens(port));
            return new AzuriteServer(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }
}
