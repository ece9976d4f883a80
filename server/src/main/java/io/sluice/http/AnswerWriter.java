package io.sluice.http;

import io.sluice.api.ApiResponse;
import io.sluice.encode.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Sends one answer. Used once; after {@link #write} has thrown, {@link #begun} tells whether another answer can take its place. */
final class AnswerWriter {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Encoder encoder;
    private final ApiResponse answer;
    private final AnswerHeaders headers;
    private final boolean head;
    private boolean begun;

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
        if (isBodiless() || head && !(answer.content() instanceof io.sluice.api.Content.Tree)) {
            return withoutBody();
        }
        Spool spool = new Spool(this::begin);
        encoder.write(answer, spool);
        if (!spool.spilled()) {
            return small(spool.held());
        }
        spool.close();
        callback.succeeded();
        return answer.status();
    }

    private boolean isBodiless() {
        return answer.status() == 204 || answer.status() == 304;
    }

    /** A HEAD costs no cursor and no file. */
    private int withoutBody() {
        answer.close();
        begun = true;
        headers.putOn(response);
        knownLength().ifPresent(length -> response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
        return last(BufferUtil.EMPTY_BUFFER);
    }

    private Optional<Long> knownLength() {
        return answer.content() instanceof io.sluice.api.Content.Bytes bytes && bytes.length() >= 0
                ? Optional.of(bytes.length())
                : Optional.empty();
    }

    private OutputStream begin() throws IOException {
        begun = true;
        headers.putOn(response);
        if (head) {
            return new OutputStreamOfHead();
        }
        OutputStream out = new CallerStream(Content.Sink.asOutputStream(response));
        Optional<Long> length = knownLength();
        if (length.isPresent()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length.get());
            return out;
        }
        if (!isCompressible()) {
            return out;
        }
        vary();
        return acceptsGzip() ? compressed(out) : out;
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

    private boolean isCompressible() {
        return Gzip.isCompressible(headers.contentType()) && !headers.has("content-encoding");
    }

    private boolean acceptsGzip() {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        return accepted != null && Gzip.isAccepted(accepted);
    }

    private void vary() {
        response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
    }

    /** A long tree behind a HEAD: the headers go out when it ends. */
    private final class OutputStreamOfHead extends OutputStream {
        @Override
        public void write(int b) {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}
    }
}
