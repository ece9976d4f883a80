package io.sluice.service.file.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.CoreUtils;
import io.sluice.outbound.HostReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** A reply of our client as one of the SDK's. Its body is read as it is asked for, on the thread that asks. */
final class Answer extends HttpResponse {
    private static final int CHUNK_BYTES = 64 << 10;

    private final HostReply reply;
    private final HttpHeaders headers = new HttpHeaders();

    Answer(HttpRequest request, HostReply reply) {
        super(request);
        this.reply = reply;
        reply.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
    }

    @Override
    public int getStatusCode() {
        return reply.status();
    }

    /** In the signature that has no replacement to override. */
    @Override
    @Deprecated
    public @Nullable String getHeaderValue(String name) {
        return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.using(reply::body, in -> Flux.generate(sink -> chunk(in, sink)), in -> reply.close());
    }

    private static void chunk(InputStream in, SynchronousSink<ByteBuffer> sink) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            int count = in.read(chunk);
            if (count < 0) {
                sink.complete();
            } else {
                sink.next(ByteBuffer.wrap(chunk, 0, count));
            }
        } catch (IOException e) {
            sink.error(e);
        }
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return BinaryData.fromStream(
                reply.body(), reply.length().isPresent() ? reply.length().getAsLong() : null);
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.fromCallable(() -> {
            try (reply) {
                return reply.body().readAllBytes();
            }
        });
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsByteArray()
                .map(bytes -> CoreUtils.bomAwareToString(bytes, headers.getValue(HttpHeaderName.CONTENT_TYPE)));
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return getBodyAsByteArray().map(bytes -> new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset));
    }

    @Override
    public Mono<InputStream> getBodyAsInputStream() {
        return Mono.just(reply.body());
    }

    @Override
    public void close() {
        reply.close();
    }
}
