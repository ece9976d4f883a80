package io.sluice.service.file;

import java.time.Instant;

/**
 * A file or folder that exists.
 *
 * @param size in bytes; 0 for folders
 */
public record FileEntry(FilePath path, Instant modified, long size) {}
