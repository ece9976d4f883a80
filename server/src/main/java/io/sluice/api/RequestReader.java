package io.sluice.api;

/** Reads a {@link RawExchange}: path, verb override, parameters. Pure. */
public final class RequestReader {
    private RequestReader() {}

    /** The call, or an {@link ApiException}: 404 for a wrong version, 405 for an unknown verb, 400 for what cannot be read. */
    public static ApiRequest read(RawExchange exchange) {
        throw new UnsupportedOperationException("to be written: " + exchange.method());
    }
}
