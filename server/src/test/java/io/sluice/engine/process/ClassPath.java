package io.sluice.engine.process;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The class path that a server of this room alone needs. */
final class ClassPath {
    private static final String JAIL = "io/sluice/engine/process/jail.sh";

    private ClassPath() {}

    static String text() {
        URL jail = Objects.requireNonNull(Confinement.class.getResource("jail.sh"));
        String resources = Path.of(URI.create(jail.toString())).toString();
        return Stream.of(
                        resources.substring(0, resources.length() - JAIL.length()),
                        place(Confinement.class),
                        place(ClassPath.class),
                        place(NullMarked.class))
                .collect(Collectors.joining(":"));
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
