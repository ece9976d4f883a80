/**
 * File services: one folder and file API over a store of files, and scripts linked to files.
 *
 * <p>{@code FileService} speaks the API; a {@code FileStore} keeps the bytes ({@code LocalStore}: a folder of this machine). Paths are
 * {@code FilePath}s: names that were judged once, so nothing behind it sees {@code ..}, NUL or an absolute path. Door:
 * {@link io.sluice.service.file.FileServiceTypes}. May call {@code service} and {@code api}.
 */
@NullMarked
package io.sluice.service.file;

import org.jspecify.annotations.NullMarked;
