package io.sluice.service.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A folder as a zip archive that is packed while it is read: whatever the folder holds, no more than a piece of it is in memory. */
final class ZippedFolder extends InputStream {
    private static final int PIECE = 32 << 10;

    private final FileStore store;
    private final FilePath folder;
    private final Iterator<FileEntry> entries;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(2 * PIECE);
    private final ZipOutputStream zip = new ZipOutputStream(packed);
    private final byte[] piece = new byte[PIECE];
    private byte[] ready = {};
    private int taken;
    private boolean finished;
    private @Nullable InputStream current;

    /** @param entries what lies in the folder, in the order of the archive */
    ZippedFolder(FileStore store, FilePath folder, List<FileEntry> entries) {
        this.store = store;
        this.folder = folder;
        this.entries = entries.iterator();
    }

    @Override
    public int read() throws IOException {
        return filled() ? ready[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int some = Math.min(length, ready.length - taken);
        System.arraycopy(ready, taken, buffer, offset, some);
        taken += some;
        return some;
    }

    private boolean filled() throws IOException {
        while (taken == ready.length && !finished) {
            step();
            ready = packed.toByteArray();
            packed.reset();
            taken = 0;
        }
        return taken < ready.length;
    }

    /** Packs the next piece. */
    private void step() throws IOException {
        if (current != null) {
            piece(current);
        } else if (entries.hasNext()) {
            begin(entries.next());
        } else {
            zip.finish();
            finished = true;
        }
    }

    private void begin(FileEntry entry) throws IOException {
        ZipEntry shown =
                new ZipEntry(entry.path().toString().substring(folder.toString().length()));
        shown.setTime(entry.modified().toEpochMilli());
        zip.putNextEntry(shown);
        if (entry.path().folder()) {
            zip.closeEntry();
        } else {
            current = store.open(entry.path(), 0, Long.MAX_VALUE);
        }
    }

    private void piece(InputStream from) throws IOException {
        int read = from.read(piece);
        if (read >= 0) {
            zip.write(piece, 0, read);
            return;
        }
        zip.closeEntry();
        endFile();
    }

    private void endFile() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** Packing holds memory outside of the heap, which would stay until a collection. */
    @Override
    public void close() throws IOException {
        try (zip) {
            endFile();
        }
    }
}
