package io.sluice.service.file;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BrokenBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.ZipInputStream;

/** The content of one file of an archive. One that is damaged is a {@link BrokenBody}. */
final class Unpacked extends InputStream {
    private final ZipInputStream zip;
    private final LongConsumer watch;
    private long count;

    /** @param watch is told how many bytes came so far */
    Unpacked(ZipInputStream zip, LongConsumer watch) {
        this.zip = zip;
        this.watch = watch;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = zip.read(buffer, offset, length);
        } catch (IOException e) {
            throw new BrokenBody(unreadable(e));
        }
        count += Math.max(read, 0);
        watch.accept(count);
        return read;
    }

    static ApiException unreadable(Exception cause) {
        return new ApiException(
                ApiError.of(
                        400,
                        "The zip archive cannot be read: it is damaged, encrypted, or packed in a way that is not understood."),
                cause);
    }
}
