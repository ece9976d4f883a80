package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The verb of a call. A POST may stand for another verb that it names in a header, the query or the body. Pure. */
final class VerbReader {
    private static final String BODY_KEY = "_method";
    private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private VerbReader() {}

    /** A verb as it was meant. */
    record Meant(Verb verb, boolean headOnly) {}

    static Meant read(String method, Headers headers, Parameters parameters, Body body) {
        String name =
                method.equals("POST") ? override(headers, parameters, body).orElse(method) : method;
        Verb verb = Verb.parse(name.trim()).orElseThrow(() -> unknown(name));
        return new Meant(verb, name.trim().equalsIgnoreCase("HEAD"));
    }

    private static Optional<String> override(Headers headers, Parameters parameters, Body body) {
        return headers.first("x-http-method")
                .or(() -> headers.first("x-method-override"))
                .or(() -> headers.first("x-http-method-override"))
                .or(() -> parameters.text("method"))
                .or(() -> parameters.text(BODY_KEY))
                .or(() -> named(body));
    }

    /** Bodies that cannot hold the key are not decoded: they may be large, or no data at all; nor are those that only a file may be as large as. */
    private static Optional<String> named(Body body) {
        if (!MediaType.of(body.contentType()).isData()
                || !body.isWithin(Integer.MAX_VALUE)
                || !mentions(body.bytes())) {
            return Optional.empty();
        }
        try {
            return body.payload() instanceof Map<?, ?> map
                            && map.get(BODY_KEY) instanceof String name
                            && !name.isEmpty()
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (ApiException e) {
            // A malformed body is told by whoever needs it; a caller without rights learns nothing from it.
            return Optional.empty();
        }
    }

    private static boolean mentions(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(BODY_KEY);
    }

    private static ApiException unknown(String name) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return new ApiException(
                ApiError.of(405, "There is no verb '" + shown.toUpperCase(Locale.ROOT) + "' in this API."),
                Map.of("Allow", ALLOWED),
                null);
    }
}
