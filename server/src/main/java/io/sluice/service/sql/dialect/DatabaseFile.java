package io.sluice.service.sql.dialect;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Files of databases in this process: below the folders that the administrator of the machine allowed, and nowhere else. */
record DatabaseFile(List<Path> roots) {
    private static final String NOT_IN_A_NAME = "?;\0";

    DatabaseFile {
        roots = List.copyOf(roots);
    }

    /** The file of the config field {@code database}; a relative name is looked for below the first root. */
    Path of(ServiceDefinition service) {
        return of(service, "");
    }

    /** The same, for a file whose name has that ending, which need not be given. */
    Path of(ServiceDefinition service, String ending) {
        String given = service.text("database").orElseThrow(() -> Address.refuse(service, "database", "is required"));
        String name = given.endsWith(ending) ? given : given + ending;
        String lower = name.toLowerCase(Locale.ROOT);
        boolean notAFile = lower.contains(":memory:") || lower.matches("[a-z]{2,}:.*") || lower.startsWith(":");
        if (notAFile || name.chars().anyMatch(c -> NOT_IN_A_NAME.indexOf(c) >= 0) || roots.isEmpty()) {
            throw outside(service);
        }
        try {
            Path real = real(roots.getFirst().resolve(name).toAbsolutePath().normalize());
            for (Path root : roots) {
                if (real.startsWith(real(root.toAbsolutePath().normalize())) && !Files.isDirectory(real)) {
                    return real;
                }
            }
            throw outside(service);
        } catch (IOException | InvalidPathException e) {
            throw outside(service);
        }
    }

    /** Symbolic links resolved as far as the path exists; the file itself may be yet to be made. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        // A link that points at nothing: where it would lead cannot be checked.
        if (parent == null || Files.isSymbolicLink(path)) {
            throw new IOException("cannot be resolved");
        }
        return real(parent).resolve(String.valueOf(path.getFileName()));
    }

    private static ApiException outside(ServiceDefinition service) {
        return Address.refuse(
                service, "database", "must name a file below one of the folders that the setting files.roots allows");
    }
}
