package io.sluice.http;

import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.encode.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Sends one answer. Used once; after {@link #write} has thrown, {@link #begun} tells whether another answer can take its place.
 */
final class AnswerWriter {
    /** A caller who has waited so long would rather have the beginning now than know the length. */
    static final long PATIENCE_NANOS = 50_000_000;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Encoder encoder;
    private final ApiResponse answer;
    private final AnswerHeaders headers;
    private final boolean head;
    private boolean begun;

    /** A HEAD has its answer as soon as it is known how a GET would begin. */
    private static final class HeadIsEnough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    AnswerWriter(
            Request request,
            Response response,
            Callback callback,
            Encoder encoder,
            ApiResponse answer,
            boolean sandboxed) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.encoder = encoder;
        this.answer = answer;
        this.headers = new AnswerHeaders(answer, encoder, sandboxed);
        this.head = answer.headOnly() || request.getMethod().equals("HEAD");
    }

    /** The status is on its way to the caller. */
    boolean begun() {
        return begun;
    }

    /** Writes it all, ends the exchange and gives back the status that was sent. */
    int write() throws IOException {
        if (isBodiless() || head && answer.content() instanceof Content.Bytes) {
            return withoutBody();
        }
        Spool spool = new Spool(this::begin, request.getBeginNanoTime() + PATIENCE_NANOS);
        try {
            encoder.write(answer, spool);
        } catch (HeadIsEnough e) {
            return last(BufferUtil.EMPTY_BUFFER);
        }
        if (!spool.spilled()) {
            checkLength(spool.held().remaining());
            return small(spool.held());
        }
        spool.close();
        callback.succeeded();
        return answer.status();
    }

    private boolean isBodiless() {
        return answer.status() == 204 || answer.status() == 304;
    }

    /** A HEAD costs no file. */
    private int withoutBody() {
        answer.close();
        begun = true;
        headers.putOn(response);
        knownLength().ifPresent(length -> response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
        return last(BufferUtil.EMPTY_BUFFER);
    }

    private OptionalLong knownLength() {
        return answer.content() instanceof Content.Bytes bytes && bytes.length() >= 0
                ? OptionalLong.of(bytes.length())
                : OptionalLong.empty();
    }

    /** Longer bodies are counted by the server library. */
    private void checkLength(long held) throws IOException {
        if (knownLength().orElse(held) != held) {
            throw new IOException("a body of " + knownLength().getAsLong() + " bytes ended after " + held);
        }
    }

    private OutputStream begin() throws IOException {
        begun = true;
        headers.putOn(response);
        OutputStream out = new CallerStream(org.eclipse.jetty.io.Content.Sink.asOutputStream(response));
        OptionalLong length = knownLength();
        if (length.isPresent()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length.getAsLong());
            return out;
        }
        if (isCompressible()) {
            vary();
            out = acceptsGzip() ? compressed(out) : out;
        }
        if (head) {
            throw new HeadIsEnough();
        }
        return out;
    }

    private OutputStream compressed(OutputStream out) throws IOException {
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, Gzip.NAME);
        return Gzip.stream(out);
    }

    private int small(ByteBuffer body) throws IOException {
        begun = true;
        headers.putOn(response);
        boolean worthwhile = body.remaining() > Gzip.WORTHWHILE && isCompressible();
        if (worthwhile) {
            vary();
        }
        boolean gzip = worthwhile && acceptsGzip();
        if (answer.status() == 200 && isRead() && !headers.has("etag") && known(body, gzip)) {
            return notModified();
        }
        ByteBuffer sent = body;
        if (gzip) {
            sent = Gzip.compress(body);
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, Gzip.NAME);
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.remaining());
        return last(head ? BufferUtil.EMPTY_BUFFER : sent);
    }

    /** Puts the tag of the body on the answer; true when the caller has that body. */
    private boolean known(ByteBuffer body, boolean gzip) {
        String plain = EntityTag.of(body);
        String coded = EntityTag.coded(plain, Gzip.NAME);
        response.getHeaders().put(HttpHeader.ETAG, gzip ? coded : plain);
        String ifNoneMatch = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        return ifNoneMatch != null && EntityTag.matches(ifNoneMatch, plain, coded);
    }

    private int notModified() {
        response.setStatus(304);
        response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
        return last(BufferUtil.EMPTY_BUFFER);
    }

    private int last(ByteBuffer body) {
        int status = response.getStatus();
        response.write(true, body, callback);
        return status;
    }

    private boolean isRead() {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** The bytes of a part are counted in the file, not in what is made of it on the way. */
    private boolean isCompressible() {
        return answer.status() != 206 && Gzip.isCompressible(headers.contentType()) && !headers.has("content-encoding");
    }

    private boolean acceptsGzip() {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        return accepted != null && Gzip.isAccepted(accepted);
    }

    private void vary() {
        response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
    }
}
