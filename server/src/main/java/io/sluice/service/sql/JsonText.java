package io.sluice.service.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in columns: text to trees and back, no digit lost. Pure. */
final class JsonText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** What the text stands for; text that is none (a database may be lax) stays text. */
    static @Nullable Object tree(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text;
        }
    }

    static boolean valid(String text) {
        try {
            JSON.readTree(text);
            return !text.isBlank();
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The text of a tree; null when it holds what JSON does not know. */
    static @Nullable String of(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The list that the text is; null when it is none. */
    static @Nullable List<?> list(String text) {
        return text.stripLeading().startsWith("[") && tree(text) instanceof List<?> list ? list : null;
    }
}
