package io.sluice.api;

/**
 * An HTTP request as it came off the socket.
 *
 * @param method as sent, {@code GET}, {@code POST}, …
 * @param rawPath percent-encoded, from the first slash to before the query
 * @param rawQuery percent-encoded, empty when there is none
 * @param body all bytes, already held against the body limit
 * @param remoteAddress the peer's address, for the log
 */
public record RawExchange(
        String method, String rawPath, String rawQuery, Headers headers, byte[] body, String remoteAddress) {

    /** Path and query as sent. */
    public String target() {
        return rawQuery.isEmpty() ? rawPath : rawPath + "?" + rawQuery;
    }

    /** The same with that body. */
    public RawExchange with(byte[] other) {
        return new RawExchange(method, rawPath, rawQuery, headers, other, remoteAddress);
    }
}
