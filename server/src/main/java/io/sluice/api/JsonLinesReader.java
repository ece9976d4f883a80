package io.sluice.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value per line, to {@code {"resource": […]}}. Lines end in LF or CRLF, empty ones are passed over. Pure. */
final class JsonLinesReader {
    private JsonLinesReader() {}

    /** The records; a 400 that names the line when one of them is malformed. */
    static Map<String, Object> read(byte[] bytes) {
        List<@Nullable Object> records = new ArrayList<>();
        int line = 1;
        for (int from = 0; from < bytes.length; line++) {
            int end = endOfLine(bytes, from);
            if (!isBlank(bytes, from, end)) {
                records.add(JsonReader.line(bytes, from, end - from, line));
            }
            from = end + 1;
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("resource", records);
        return payload;
    }

    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
