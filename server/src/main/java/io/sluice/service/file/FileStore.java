package io.sluice.service.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A place that keeps files. Paths are judged already; a store still refuses what leads out of it by other ways (links) with an
 * {@link io.sluice.api.ApiException}. An {@link IOException} means that the store itself fails. Thread-safe.
 */
interface FileStore {
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

    /** Makes or replaces a file; readers see the old bytes or the new, never a mix. The parent exists. */
    void write(FilePath file, byte[] bytes) throws IOException;

    /** Makes a folder whose parent exists. */
    void makeFolder(FilePath folder) throws IOException;

    /** Deletes a file that exists. */
    void delete(FilePath file) throws IOException;

    /** Deletes all that lies in a folder, and the folder itself unless {@code contentOnly}. Links are removed, never followed. */
    void deleteFolder(FilePath folder, boolean contentOnly) throws IOException;
}
