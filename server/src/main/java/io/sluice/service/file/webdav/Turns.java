package io.sluice.service.file.webdav;

import io.sluice.service.file.FilePath;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Who looks for a file and who replaces it take turns. To replace a file, RFC 4918 (9.9.3) has a server delete the old one first; whoever
 * looked in between would find none, or with some servers half of it.
 */
final class Turns {
    private static final int LOCKS = 256;

    private final ReadWriteLock[] locks =
            Stream.generate(ReentrantReadWriteLock::new).limit(LOCKS).toArray(ReadWriteLock[]::new);

    Lock looking(FilePath file) {
        return of(file).readLock();
    }

    Lock replacing(FilePath file) {
        return of(file).writeLock();
    }

    private ReadWriteLock of(FilePath file) {
        return locks[Math.floorMod(file.names().hashCode(), LOCKS)];
    }
}
