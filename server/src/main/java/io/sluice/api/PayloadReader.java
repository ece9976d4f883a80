package io.sluice.api;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes request bodies by content type; where none is named, or one that is no data format, by their first
 * character. Pure.
 */
final class PayloadReader {
    private PayloadReader() {}

    static @Nullable Object read(byte[] bytes, String contentType) {
        MediaType type = MediaType.of(contentType);
        if (type.isJson()) {
            return JsonReader.read(bytes);
        }
        if (type.isJsonLines()) {
            return JsonLinesReader.read(bytes);
        }
        if (type.isXml()) {
            return XmlReader.read(bytes, type.charset());
        }
        if (type.isCsv()) {
            return CsvReader.read(new String(bytes, type.charset()));
        }
        if (type.isText()) {
            return new String(bytes, type.charset());
        }
        return type.isForm() ? form(bytes) : sniffed(bytes);
    }

    /** JSON under the content type of a form is what curl sends when nobody told it better; no form begins so. */
    private static @Nullable Object form(byte[] bytes) {
        char first = first(bytes);
        return first == '{' || first == '['
                ? JsonReader.read(bytes)
                : Parameters.parse(new String(bytes, StandardCharsets.UTF_8).strip())
                        .asMap();
    }

    private static @Nullable Object sniffed(byte[] bytes) {
        return switch (first(bytes)) {
            case '{', '[' -> JsonReader.read(bytes);
            case '<' -> XmlReader.read(bytes, StandardCharsets.UTF_8);
            default -> guessed(bytes);
        };
    }

    /** A scalar in JSON, or a table: at least two lines and a comma in the first. */
    private static @Nullable Object guessed(byte[] bytes) {
        try {
            return JsonReader.read(bytes);
        } catch (ApiException notJson) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            int comma = text.indexOf(',');
            int line = text.indexOf('\n');
            if (comma < 0 || line < comma || text.indexOf('\0') >= 0) {
                throw ApiException.badRequest("Unrecognized payload type");
            }
            return CsvReader.read(text);
        }
    }

    private static char first(byte[] bytes) {
        for (byte b : bytes) {
            // Blanks and the byte order mark of UTF-8.
            if (b > ' ' || b < 0 && b != (byte) 0xEF && b != (byte) 0xBB && b != (byte) 0xBF) {
                return (char) (b & 0xff);
            }
        }
        return ' ';
    }
}
