package io.sluice.service.file.ftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;

/**
 * The data of one file. The end of the data alone does not say that they are whole: the server's reply must say so, and the count must
 * be that of the file. What is closed before its end ends its connection, since no server stops sending in the same way.
 */
final class FtpDownload extends InputStream {
    /**
     * What is asked for, and what there is.
     *
     * @param size of the whole file; -1 when the server does not tell
     */
    record Extent(long from, long length, long size) {
        boolean endsWithFile() {
            return size >= 0 && length >= size - from;
        }
    }

    private final FtpConnection connection;
    private final String file;
    private final PushbackInputStream data;
    private final Extent extent;
    private long count;
    private boolean ended;

    FtpDownload(FtpConnection connection, String file, InputStream data, Extent extent) {
        this.connection = connection;
        this.file = file;
        this.data = new PushbackInputStream(data);
        this.extent = extent;
    }

    /** Waits for the first byte: some servers open the file only after they have said that they are sending it. */
    FtpDownload begun() throws IOException {
        try {
            if (extent.length() > 0) {
                int first = data.read();
                if (first < 0) {
                    end();
                } else {
                    data.unread(first);
                }
            }
            return this;
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        long wanted = Math.min(length, extent.length() - count);
        if (ended || (wanted <= 0 && length > 0)) {
            return -1;
        }
        int some = data.read(buffer, offset, (int) wanted);
        if (some >= 0) {
            count += some;
        } else {
            end();
        }
        return some;
    }

    private void end() throws IOException {
        ended = true;
        data.close();
        boolean complete = connection.complete();
        connection.refuse(complete || count > 0, "read a file");
        if (!complete) {
            String reply = connection.reply();
            connection.abandon();
            throw new IOException("the server says that it did not send all of the file: " + reply);
        }
        if (extent.size() >= 0
                && extent.from() + count != extent.size()
                && connection.size(file) != extent.from() + count) {
            connection.abandon();
            throw new IOException("only " + count + " bytes of the file came");
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended && !endsHere()) {
            ended = true;
            connection.abandon();
            data.close();
        }
    }

    /** All bytes were read, and only the end was not looked for yet. */
    private boolean endsHere() {
        try {
            if (extent.endsWithFile() && extent.from() + count == extent.size() && data.read() < 0) {
                end();
            }
            return ended;
        } catch (IOException e) {
            return false; // its bytes are all here; the connection is not kept
        }
    }
}
