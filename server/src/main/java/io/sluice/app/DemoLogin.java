package io.sluice.app;

import io.sluice.config.Settings.FirstAdministrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The demo's administrator: a password made at the first start, kept in a file that only its owner may read. */
final class DemoLogin {
    private static final String EMAIL = "admin@example.com";

    private DemoLogin() {}

    static FirstAdministrator readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            List<String> lines = Files.readAllLines(file);
            return new FirstAdministrator(lines.get(0), lines.get(1));
        } catch (IOException e) {
            throw new StartException("Cannot read or make " + file + ": " + e.getMessage(), e);
        }
    }

    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] random = new byte[10];
        new SecureRandom().nextBytes(random);
        Path half = Files.createTempFile(file.getParent(), "login", ".new");
        if (Files.getFileStore(half).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(half, List.of(EMAIL, HexFormat.of().formatHex(random)));
        Files.move(half, file);
    }
}
