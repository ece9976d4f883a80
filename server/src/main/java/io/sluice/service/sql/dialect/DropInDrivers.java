package io.sluice.service.sql.dialect;

import io.sluice.api.ApiException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * JDBC drivers that Sluice does not ship, for their size or their licence: from the class path, or from jars that the
 * administrator of the machine put into one folder (decision 005). Looked for when first needed, so a jar that arrives later is
 * found without a restart. Thread-safe.
 */
public final class DropInDrivers {
    private static final int RETRY_AFTER_SECONDS = 60;

    private final Path folder;
    private final Map<String, Driver> found = new ConcurrentHashMap<>();

    /** The folder need not exist. */
    public DropInDrivers(Path folder) {
        this.folder = folder;
    }

    /**
     * The driver of that class; 503 when there is none.
     *
     * @param jar how the name of its jar begins
     */
    Driver driver(String className, String jar, String label) {
        return found.computeIfAbsent(className, name -> load(name, jar).orElseThrow(() -> missing(jar, label)));
    }

    private Optional<Driver> load(String className, String jar) {
        return load(className, DropInDrivers.class.getClassLoader()).or(() -> fromFolder(className, jar));
    }

    /** The loader is never closed: it lives as long as the driver does. */
    private Optional<Driver> fromFolder(String className, String jar) {
        List<URL> jars = jars(jar);
        return jars.isEmpty()
                ? Optional.empty()
                : load(className, new URLClassLoader(jars.toArray(URL[]::new), DropInDrivers.class.getClassLoader()));
    }

    private List<URL> jars(String name) {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name + "*.jar")) {
                for (Path file : files) {
                    jars.add(url(file));
                }
            } catch (IOException e) {
                return List.of(); // a folder that cannot be read holds no driver for us
            }
        }
        return jars;
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    private static Optional<Driver> load(String className, ClassLoader loader) {
        try {
            return Optional.of((Driver) Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the driver " + className + " cannot be started", e);
        }
    }

    private static ApiException missing(String jar, String label) {
        return ApiException.unavailable(
                "driver_missing",
                "Sluice does not ship the driver of " + label + ". Put its jar (" + jar
                        + "….jar) into the folder of the setting drivers.dir; a restart is not needed.",
                RETRY_AFTER_SECONDS,
                new ClassNotFoundException(jar));
    }
}
