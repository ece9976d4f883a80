package io.sluice.service.file;

import java.time.Instant;

/**
 * A file or folder that exists.
 *
 * @param modified {@link #NO_TIME} where the store keeps none, which is then not shown
 * @param size in bytes; 0 for folders
 */
public record FileEntry(FilePath path, Instant modified, long size) {
    /** What folders have that are only a part of the names of files. */
    public static final Instant NO_TIME = Instant.EPOCH;
}
