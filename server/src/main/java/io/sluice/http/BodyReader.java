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

    /** Held at a time for callers who are not trusted yet: eight of the largest deliveries. */
    private static final int UNTRUSTED = 32 << 20;

    private final int most;
    private final long mostStreamed;
    private final Reserve untrusted = new Reserve(UNTRUSTED);

    BodyReader(HttpSettings settings) {
        this.most = settings.maxBodyBytes();
        this.mostStreamed = settings.maxUploadBytes();
    }

    /**
     * The body of one request, and what is left of it.
     *
     * @param reserved bytes that are set aside for it
     */
    record Taken(Body body, @Nullable CallersBytes rest, int reserved) {}

    /**
     * What is wrong with it is an ApiException.
     *
     * @param admitted how many bytes its route takes of callers who are not trusted yet; empty: as many as the server takes anywhere
     */
    Taken take(Request request, OptionalInt admitted) {
        long mostOfAll = admitted.isPresent() ? Math.min(admitted.getAsInt(), most) : mostStreamed;
        long length = request.getLength();
        if (length == 0) {
            return new Taken(Body.NONE, null, 0);
        }
        if (length > mostOfAll) {
            throw CallersBytes.tooLarge(mostOfAll);
        }
        CallersBytes bytes = new CallersBytes(Content.Source.asInputStream(request), mostOfAll);
        Arriving arriving = new Arriving(bytes, length < 0 ? OptionalLong.empty() : OptionalLong.of(length), most);
        int reserved = admitted.isPresent() ? untrusted.take(arriving, (int) mostOfAll) : 0;
        try {
            return new Taken(body(request, arriving), bytes, reserved);
        } catch (RuntimeException | Error e) {
            untrusted.giveBack(reserved);
            throw e;
        }
    }

    private static Body body(Request request, Arriving arriving) {
        @Nullable String sent = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String type = sent == null ? "" : sent;
        return arriving.within(AT_ONCE)
                .map(held -> Body.raw(held, type))
                .orElseGet(() -> Body.arriving(arriving, type));
    }

    /**
     * After the call: what it left of a body is taken in, so that the next call may come. Behind a very large rest the connection ends; a
     * caller who is in the middle of sending may lose the answer then, which is why that is much.
     */
    void end(Taken taken, Response response) {
        untrusted.giveBack(taken.reserved());
        CallersBytes rest = taken.rest();
        if (rest != null && !rest.spent(REST * most)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }
}
