package io.sluice.engine.php;

import io.sluice.engine.process.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;

/** The private folder of one server for the files of scripts and the sockets of workers. Thread-safe. */
final class PhpFolder implements AutoCloseable {
    private static final String OPEN_TO_ALL = "rwxr-xr-x";

    private final PrivateFolder root;
    private final AtomicLong numbers = new AtomicLong();

    private PhpFolder(PrivateFolder root) {
        this.root = root;
    }

    static PhpFolder make() {
        try {
            return new PhpFolder(PrivateFolder.make("sluice-php-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a private folder for PHP", e);
        }
    }

    /** A new folder that everybody may read, but only through a path that is shown to them. */
    Path folder(String kind) {
        try {
            return openToAll(Files.createDirectory(root.path().resolve(kind + numbers.incrementAndGet())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for PHP", e);
        }
    }

    static Path openToAll(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OPEN_TO_ALL));
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.getFileName(), e);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
