package io.sluice.call;

import io.sluice.api.Content;
import io.sluice.api.Plain;
import io.sluice.api.ServiceResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An answer as text, to be given again. Pure. */
final class KeptAnswer {
    static final String REPLAYED = "Idempotency-Replayed";
    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private KeptAnswer() {}

    /** Empty for what is too large to be kept, or is read only once. */
    static Optional<String> text(ServiceResult result) {
        if (!(result.content() instanceof Content.Tree(var value))) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        parts.put("status", result.status());
        parts.put("type", result.contentType());
        parts.put("headers", result.headers());
        parts.put("content", Plain.of(value));
        String text = JSON.writeValueAsString(parts);
        return text.length() > LARGEST ? Optional.empty() : Optional.of(text);
    }

    /** The answer again, marked as a repetition. */
    static ServiceResult of(String text) {
        Map<?, ?> parts = JSON.readValue(text, Map.class);
        Map<String, String> headers = new HashMap<>();
        if (parts.get("headers") instanceof Map<?, ?> kept) {
            kept.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        headers.put(REPLAYED, "true");
        int status = parts.get("status") instanceof Integer number ? number : 200;
        return new ServiceResult(status, new Content.Tree(parts.get("content")), (String) parts.get("type"), headers);
    }
}
