package io.sluice.api;

/**
 * An HTTP request as it came off the socket.
 *
 * @param method as sent, {@code GET}, {@code POST}, …
 * @param rawPath percent-encoded, from the first slash to before the query
 * @param rawQuery percent-encoded, empty when there is none
 * @param body what the caller sends with it; may still be on its way
 * @param remoteAddress the peer's address, for the log
 */
public record RawExchange(
        String method, String rawPath, String rawQuery, Headers headers, Body body, String remoteAddress) {

    /** With a body that is in memory. */
    public RawExchange(
            String method, String rawPath, String rawQuery, Headers headers, byte[] body, String remoteAddress) {
        this(
                method,
                rawPath,
                rawQuery,
                headers,
                Body.raw(body, headers.first("content-type").orElse("")),
                remoteAddress);
    }

    /** Path and query as sent. */
    public String target() {
        return rawQuery.isEmpty() ? rawPath : rawPath + "?" + rawQuery;
    }
}
