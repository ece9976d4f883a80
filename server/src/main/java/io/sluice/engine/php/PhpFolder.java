package io.sluice.engine.php;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The private folder of one server below the system's temporary folder: the files of scripts and the sockets of workers. Locked as
 * long as the server lives; those of servers that were killed are removed by the next one that starts. Thread-safe.
 */
final class PhpFolder implements AutoCloseable {
    private static final String PREFIX = "sluice-php-";
    private static final String LOCK = "lock";
    private static final String OPEN_TO_ALL = "rwxr-xr-x";

    /** Those of this process. Not to be opened to ask: whoever closes a file gives back the locks that his process has on it. */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    /** Held on to: one that nobody refers to counts as given back. */
    private final FileLock lock;

    private final AtomicLong numbers = new AtomicLong();

    private PhpFolder(Path root, FileLock lock) {
        this.root = root;
        this.lock = lock;
    }

    static PhpFolder make() {
        try {
            Path root = Files.createTempDirectory(
                    PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            HERE.add(root);
            FileChannel file =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            PhpFolder made = new PhpFolder(root, file.lock());
            removeStale(root);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a private folder for PHP", e);
        }
    }

    /** Nobody has them locked any more. */
    private static void removeStale(Path mine) throws IOException {
        Path parent = mine.toAbsolutePath().getParent();
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent == null ? mine : parent, PREFIX + "*")) {
            for (Path other : others) {
                if (!HERE.contains(other) && Files.isWritable(other.resolve(LOCK)) && isFree(other.resolve(LOCK))) {
                    remove(other);
                }
            }
        }
    }

    private static boolean isFree(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** A new folder that everybody may read, but only through a path that is shown to them. */
    Path folder(String kind) {
        try {
            return openToAll(Files.createDirectory(root.resolve(kind + numbers.incrementAndGet())));
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

    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Left for the next start, which tries again.
        }
    }

    @Override
    public void close() {
        remove(root);
        HERE.remove(root);
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
