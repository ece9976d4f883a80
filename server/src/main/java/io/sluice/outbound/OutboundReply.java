package io.sluice.outbound;

import java.util.Map;

/** What came of a call. */
public sealed interface OutboundReply {
    /**
     * The host answered.
     *
     * @param address the last one, after redirects, without credentials
     * @param headers names in lower case, repeated ones joined by a comma
     * @param body whole and unpacked
     */
    record Answered(int status, String statusText, String address, Map<String, String> headers, byte[] body)
            implements OutboundReply {}

    /** There is no answer; the message is in words for a script's author. */
    record None(Why why, String message) implements OutboundReply {}

    /** Why there is none. */
    enum Why {
        /** The call cannot be sent as it is. */
        MALFORMED,
        /** The host is at an address that may not be called, or redirects to where we do not go. */
        REFUSED,
        /** No connection, no trusted TLS, a broken answer or one that is too large. */
        FAILED,
        TIMEOUT
    }
}
