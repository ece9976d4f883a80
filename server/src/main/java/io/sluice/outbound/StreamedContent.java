package io.sluice.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.eclipse.jetty.client.OutputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/** Content that is written from the calling thread while the host takes it, so that a slow source holds none of the client's threads. */
final class StreamedContent {
    private static final int CHUNK_BYTES = 64 << 10;

    private StreamedContent() {}

    /**
     * Sends the request with all of the content. An answer may come before its end; then the rest is left.
     *
     * @throws IOException of the content itself; the host sees the request break off
     */
    static void send(Request request, Response.CompleteListener answer, InputStream content, OptionalLong length)
            throws IOException {
        OutputStreamRequestContent body = new OutputStreamRequestContent((String) null);
        length.ifPresent(bytes -> request.headers(fields -> fields.put(HttpHeader.CONTENT_LENGTH, bytes)));
        request.body(body).send(answer);
        copy(request, content, body.getOutputStream(), length);
    }

    private static void copy(Request request, InputStream content, OutputStream out, OptionalLong length)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        long sent = 0;
        while (true) {
            int count = next(request, content, chunk, length, sent);
            try {
                if (count < 0) {
                    out.close();
                    return;
                }
                out.write(chunk, 0, count);
                sent += count;
            } catch (IOException e) {
                return; // the exchange is over: its answer, or why there is none, tells
            }
        }
    }

    private static int next(Request request, InputStream content, byte[] chunk, OptionalLong length, long sent)
            throws IOException {
        try {
            int count = content.read(chunk);
            if (count < 0 && !HostClient.complete(length, sent)) {
                throw new EOFException("the content ended after " + sent + " of " + length.getAsLong() + " bytes");
            }
            return count;
        } catch (IOException | RuntimeException e) {
            request.abort(e);
            throw e;
        }
    }
}
