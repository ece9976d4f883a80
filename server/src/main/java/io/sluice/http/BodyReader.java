package io.sluice.http;

import io.sluice.api.Arriving;
import io.sluice.api.Body;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Takes in request bodies: small ones at once, larger ones when and as far as the call wants them. */
final class BodyReader {
    /** Up to so many bytes a body is there before its call begins, so that a broken one never becomes a call. */
    private static final int AT_ONCE = 1 << 20;

    /** So many times the largest body that is held. */
    private static final long REST = 4;

    private final int most;
    private final long mostStreamed;

    BodyReader(HttpSettings settings) {
        this.most = settings.maxBodyBytes();
        this.mostStreamed = settings.maxUploadBytes();
    }

    /** The body of one request, and what is left of it. */
    record Taken(Body body, @Nullable CallersBytes rest) {}

    /**
     * What is wrong with it is an ApiException.
     *
     * @param admitted how many bytes its route takes; empty: as many as the server takes anywhere
     */
    Taken take(Request request, OptionalInt admitted) {
        long mostOfAll = admitted.isPresent() ? Math.min(admitted.getAsInt(), most) : mostStreamed;
        long length = request.getLength();
        if (length == 0) {
            return new Taken(Body.NONE, null);
        }
        if (length > mostOfAll) {
            throw CallersBytes.tooLarge(mostOfAll);
        }
        CallersBytes bytes = new CallersBytes(Content.Source.asInputStream(request), mostOfAll);
        Arriving arriving = new Arriving(bytes, length < 0 ? OptionalLong.empty() : OptionalLong.of(length), most);
        @Nullable String sent = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String type = sent == null ? "" : sent;
        Body body = arriving.within(AT_ONCE)
                .map(held -> Body.raw(held, type))
                .orElseGet(() -> Body.arriving(arriving, type));
        return new Taken(body, bytes);
    }

    /**
     * After the call: what it left of a body is taken in, so that the next call may come. Behind a very large rest the connection ends; a
     * caller who is in the middle of sending may lose the answer then, which is why that is much.
     */
    void end(Taken taken, Response response) {
        CallersBytes rest = taken.rest();
        if (rest != null && !rest.spent(REST * most)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }
}
