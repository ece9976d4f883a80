package io.sluice.service.file.object;

import io.sluice.service.file.FileEntry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bucket or container of an object store: bytes under keys. A {@link io.sluice.service.file.StoreFailure} says why it cannot do what it
 * is asked for; where the container itself is not there, a {@link ContainerMissing}. Thread-safe.
 */
public interface Container extends AutoCloseable {
    /** An object; or what keys begin with, up to a slash, when they were asked for so. */
    record Listed(String key, Instant modified, long size) {
        public static Listed beginning(String prefix) {
            return new Listed(prefix, FileEntry.NO_TIME, 0);
        }
    }

    /** Some keys in their order, and what to ask for the next with. A page may be empty and not the last. */
    record Page(List<Listed> entries, Optional<String> next) {}

    /** The object of that key; empty when there is none, or no container. */
    Optional<Listed> find(String key) throws IOException;

    /**
     * The keys that begin so.
     *
     * @param deep all of them; otherwise only up to the next slash behind the prefix, what they then have in common once
     * @param after what the page before said
     * @param most how many at most; less than 1001
     */
    Page list(String prefix, boolean deep, Optional<String> after, int most) throws IOException;

    /**
     * The bytes from that offset on, at most {@code length} of them; none when the object ends before.
     *
     * @throws java.io.FileNotFoundException when there is no such object any more
     */
    InputStream open(String key, long from, long length) throws IOException;

    /** Makes or replaces an object at once. */
    void put(String key, byte[] content, String type) throws IOException;

    /** Begins an object that comes in parts. Until it is finished nobody sees any of it. */
    Upload begin(String key, String type) throws IOException;

    /** An object that comes in parts. */
    interface Upload {
        void part(byte[] content) throws IOException;

        /** The object is there from now on, with all parts in their order. */
        void finish() throws IOException;

        /** Gives back what the parts took. */
        void abandon() throws IOException;
    }

    /** Deletes objects; one that is not there is no error. */
    void delete(List<String> keys) throws IOException;

    /** Copies within the container, without the bytes coming here. */
    void copy(String from, String to) throws IOException;

    /** Makes the container, unless it is there. */
    void make() throws IOException;

    @Override
    void close();
}
