package io.sluice.service.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place that keeps files. Paths are judged already; a store still refuses what leads out of it by other ways (links) with an
 * {@link io.sluice.api.ApiException}. A {@link StoreFailure} says why the store cannot do it, in words for its caller; any other
 * {@link IOException} means that it fails in a way that only the log tells. Nothing is connected to before the first call.
 * Thread-safe.
 */
public interface FileStore extends AutoCloseable {
    /** The file or folder at that path, of the kind that the path asks for; empty when there is none of that kind. */
    Optional<FileEntry> find(FilePath path) throws IOException;

    /**
     * What lies in a folder, by name, folders and files mixed. The folder exists.
     *
     * @param deep also all that lies below its folders
     */
    List<FileEntry> list(FilePath folder, boolean deep) throws IOException;

    /** The bytes from that offset on, at most {@code length} of them. The file exists. */
    InputStream open(FilePath file, long from, long length) throws IOException;

    /**
     * Makes or replaces a file with all that the content holds. Readers see the old file or the new one, never a mix, and no part of
     * it when the content breaks off: an {@link IOException} of the content comes out as it is. The parent exists. Does not close
     * the content.
     *
     * @param length of the content in bytes, when it is known
     */
    void write(FilePath file, InputStream content, OptionalLong length) throws IOException;

    /** Makes a folder whose parent exists. */
    void makeFolder(FilePath folder) throws IOException;

    /** Deletes a file that exists. */
    void delete(FilePath file) throws IOException;

    /** Deletes all that lies in a folder, and the folder itself unless {@code contentOnly}. Links are removed, never followed. */
    void deleteFolder(FilePath folder, boolean contentOnly) throws IOException;

    /** Copies a file that exists to a place whose parent exists, over what is there. */
    default void copy(FilePath from, FilePath to) throws IOException {
        long size = find(from)
                .orElseThrow(() -> new FileNotFoundException(from.toString()))
                .size();
        try (InputStream content = open(from, 0, Long.MAX_VALUE)) {
            write(to, content, OptionalLong.of(size));
        }
    }

    /** Moves a file that exists to a place whose parent exists, over what is there. */
    default void move(FilePath from, FilePath to) throws IOException {
        copy(from, to);
        delete(from);
    }

    /** Gives back connections. Called once, after the last call on it. */
    @Override
    default void close() {}
}
