package io.sluice.service.file.azure;

import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.stream.Stream;

/** A download as it is read: each chunk is fetched from the host when it is asked for, by the thread that asks. */
final class BlobStream extends InputStream {
    private final BlobDownloadAsyncResponse response;
    private final Stream<ByteBuffer> chunks;
    private final Iterator<ByteBuffer> iterator;
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    BlobStream(BlobDownloadAsyncResponse response) {
        this.response = response;
        this.chunks = response.getValue().toStream(1);
        this.iterator = chunks.iterator();
    }

    @Override
    public int read() throws IOException {
        return more() ? chunk.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(most, chunk.remaining());
        chunk.get(into, from, count);
        return count;
    }

    private boolean more() {
        while (!chunk.hasRemaining() && iterator.hasNext()) {
            chunk = iterator.next();
        }
        return chunk.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        chunks.close();
        response.close();
    }
}
