package io.sluice.webhook;

import io.sluice.api.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of deliveries. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "payload=";

    private Json() {}

    /** Whether a body of that content type can be a delivery: JSON, or a form with JSON in its field {@code payload}. */
    static boolean isTaken(Headers headers) {
        String type = type(headers);
        return type.equals("application/json") || type.endsWith("+json") || type.equals(FORM);
    }

    private static String type(Headers headers) {
        return headers.first("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The object in the body; empty when there is none. */
    static Optional<JsonNode> object(Headers headers, byte[] body) {
        try {
            JsonNode node = type(headers).equals(FORM) ? MAPPER.readTree(field(body)) : MAPPER.readTree(body);
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (JacksonException | IllegalArgumentException notReadable) {
            return Optional.empty();
        }
    }

    private static String field(byte[] body) {
        return Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
                .filter(pair -> pair.startsWith(FIELD))
                .findFirst()
                .map(pair -> URLDecoder.decode(pair.substring(FIELD.length()), StandardCharsets.UTF_8))
                .orElse("");
    }

    /** The text, or the digits of a number; empty for anything else. */
    static String text(JsonNode value) {
        return value.isString() || value.isNumber() ? value.asString() : "";
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
