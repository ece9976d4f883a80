package io.sluice.outbound;

/** A call that cannot be sent; said in words for the script's author. Stays in this room. */
final class MalformedCall extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedCall(String message) {
        super(message, null, false, false);
    }
}
