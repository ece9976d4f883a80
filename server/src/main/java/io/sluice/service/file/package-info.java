/**
 * File services: one folder and file API over a store of files, and scripts linked to files.
 *
 * <p>{@code FileService} speaks the API; a {@code FileStore} keeps the bytes. Each kind of storage has a folder of its own below this one,
 * whose door is its {@code StoreKind}. Paths are
 * {@code FilePath}s: names that were judged once, so nothing behind it sees {@code ..}, NUL or an absolute path. Door:
 * {@link io.sluice.service.file.FileServiceTypes}. May call {@code service}, {@code api} and {@code outbound}
 * (decision 020).
 */
@NullMarked
package io.sluice.service.file;

import org.jspecify.annotations.NullMarked;
