package io.sluice.api;

/** Reads a {@link RawExchange}: path, verb override, parameters. Pure. */
public final class RequestReader {
    private RequestReader() {}

    /** The call, or an {@link ApiException}: 404 for a wrong version, 405 for an unknown verb, 400 for what cannot be read. */
    public static ApiRequest read(RawExchange exchange) {
        AddressReader.Address address = AddressReader.read(exchange.rawPath());
        Parameters parameters = Parameters.parse(exchange.rawQuery());
        Headers headers = exchange.headers();
        Body body = exchange.body();
        VerbReader.Meant meant = VerbReader.read(exchange.method(), headers, parameters, body);
        return new ApiRequest(
                meant.verb(),
                address.version(),
                address.service(),
                address.resource(),
                parameters,
                headers,
                body,
                exchange.target(),
                exchange.remoteAddress(),
                meant.headOnly());
    }
}
