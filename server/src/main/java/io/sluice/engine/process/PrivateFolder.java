package io.sluice.engine.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder below the system's temporary folder that only the server's user may enter. Locked as long as the server lives; those of
 * the same kind whose servers were killed are removed by the next one that makes one. Thread-safe.
 */
public final class PrivateFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final Set<PosixFilePermission> ONLY_MINE = PosixFilePermissions.fromString("rwx------");

    /** Those of this process. Not to be opened to ask: whoever closes a file gives back the locks that his process has on it. */
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    /** Held on to: one that nobody refers to counts as given back. */
    private final FileLock lock;

    private PrivateFolder(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * @param kind what its name begins with, such as {@code sluice-php-}
     * @throws IOException when it cannot be made
     */
    public static PrivateFolder make(String kind) throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(kind, PosixFilePermissions.asFileAttribute(ONLY_MINE));
            HERE.add(path);
            FileChannel file =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.lock();
            if (Files.exists(path.resolve(LOCK))) {
                removeStale(path, kind);
                return new PrivateFolder(path, lock);
            }
            // Another server took it for stale before it was locked.
            file.close();
            HERE.remove(path);
        }
    }

    /** Those that nobody has locked any more. */
    private static void removeStale(Path mine, String kind) throws IOException {
        Path parent = mine.toAbsolutePath().getParent();
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent == null ? mine : parent, kind + "*")) {
            for (Path other : others) {
                if (!HERE.contains(other) && isLike(mine, other)) {
                    removeWhenFree(other);
                }
            }
        }
    }

    /** Made by this class for this user. Anybody may put things of that name into a folder that all share. */
    private static boolean isLike(Path mine, Path other) {
        try {
            PosixFileAttributes found =
                    Files.readAttributes(other, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isDirectory()
                    && found.owner().equals(Files.getOwner(mine))
                    && found.permissions().equals(ONLY_MINE)
                    && Files.isRegularFile(other.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            // Gone meanwhile, or not to be looked at: not one to remove.
            return false;
        }
    }

    /** Locked until it is gone, so that whoever is just making it waits, and sees that. */
    private static void removeWhenFree(Path folder) {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = channel.tryLock()) {
            if (held != null) {
                remove(folder);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // In use, or gone meanwhile.
        }
    }

    /** Where it is; it is there until closing. */
    public Path path() {
        return path;
    }

    /** Removes a folder with all that is in it; what cannot be removed is left for the next start, which tries again. */
    public static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Left for the next start.
        }
    }

    @Override
    public void close() {
        remove(path);
        HERE.remove(path);
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
