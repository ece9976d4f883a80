package io.sluice.service.file;

import io.sluice.api.ApiException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive that came in, in a temporary file until it is closed: it is looked through to its end before anything of it is stored.
 * What cannot be read as one, or holds too much, is a 400.
 */
final class Archive implements AutoCloseable {
    /** A file or folder in the archive, as it is named there. */
    record Entry(String name, boolean folder, long size) {}

    /** Something to be done with each file or folder. */
    interface Visitor {
        /** @param content of a file; not to be closed */
        void visit(String name, boolean folder, InputStream content) throws IOException;
    }

    private final Path file;
    private final ArchiveLimits limits;

    private Archive(Path file, ArchiveLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** Takes the content in; its failures come out as they are. */
    static Archive of(InputStream content, ArchiveLimits limits) throws IOException {
        Archive archive = new Archive(Files.createTempFile("sluice-", ".zip"), limits);
        boolean whole = false;
        try {
            LocalDisk.write(archive.file, content);
            whole = true;
            return archive;
        } finally {
            if (!whole) {
                archive.close();
            }
        }
    }

    /** All that is in it, unpacked once to see that it can be and how large it is. */
    List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        long packed = Files.size(file);
        long[] total = {0};
        each((name, folder, content) -> {
            if (entries.size() == limits.entries()) {
                throw tooMuch("more than " + limits.entries() + " files and folders");
            }
            long size = measured(content, limits.bytes() - total[0]);
            total[0] += size;
            if (limits.isTooTight(total[0], packed)) {
                throw tooTight();
            }
            entries.add(new Entry(name, folder, size));
        });
        if (!ZipEnd.counts(file, entries.size())) {
            throw ApiException.badRequest("The zip archive is cut off: its end does not tell of what is in it.");
        }
        return entries;
    }

    private long measured(InputStream content, long left) throws IOException {
        byte[] buffer = new byte[32 << 10];
        long size = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > left) {
                throw tooMuch("more than " + limits.bytes() + " bytes");
            }
        }
        return size;
    }

    /** Visits all, in order. */
    void each(Visitor visitor) throws IOException {
        CountedBytes packed = new CountedBytes(new BufferedInputStream(Files.newInputStream(file)));
        try (ZipInputStream zip = new ZipInputStream(packed, StandardCharsets.UTF_8)) {
            for (@Nullable ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
                long before = packed.count();
                visitor.visit(
                        entry.getName(),
                        entry.isDirectory(),
                        new Unpacked(zip, unpacked -> refuseTooTight(unpacked, packed.count() - before)));
            }
        }
    }

    private void refuseTooTight(long unpacked, long packed) {
        if (limits.isTooTight(unpacked, packed)) {
            throw tooTight();
        }
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) {
        try {
            return zip.getNextEntry();
        } catch (IOException | IllegalArgumentException e) { // the second is what names say that are no UTF-8
            throw Unpacked.unreadable(e);
        }
    }

    private static ApiException tooMuch(String what) {
        return ApiException.badRequest("The zip archive is refused: it holds " + what + ".");
    }

    private ApiException tooTight() {
        return ApiException.badRequest("The zip archive is refused: it unpacks to more than " + limits.ratio()
                + " times its size, as no ordinary file does.");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
