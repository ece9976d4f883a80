package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of files and folders that a body may hold. */
final class Items {
    private Items() {}

    /** One act on one item; the answer for it. */
    interface Act {
        Map<String, Object> on(Map<String, Object> item) throws IOException;
    }

    /** The items of {@code {"resource": […]}}, of a bare list, or a bare item; empty when the body holds none. */
    static Optional<List<Map<String, Object>>> of(@Nullable Object payload) {
        return switch (payload) {
            case List<?> list -> Optional.of(list.stream().map(Items::item).toList());
            case Map<?, ?> map when map.get("resource") instanceof List<?> list -> of(list);
            case Map<?, ?> map when map.containsKey("type") -> Optional.of(List.of(item(map)));
            case null, default -> Optional.empty();
        };
    }

    private static Map<String, Object> item(@Nullable Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw ApiException.badRequest(
                    "Each entry of 'resource' must be an object with 'type' and 'name' or 'path'.");
        }
        Map<String, Object> item = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                item.put(String.valueOf(name), value);
            }
        });
        return item;
    }

    /** Acts on each; an item that fails carries its error and the others go on. */
    static List<Map<String, Object>> each(List<Map<String, Object>> items, Failures failures, Act act) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Map<String, Object> item : items) {
            try {
                answers.add(act.on(item));
            } catch (ApiException e) {
                answers.add(failed(item, e.error().message()));
            } catch (IOException e) {
                answers.add(failed(item, failures.ofItem(e)));
            }
        }
        return answers;
    }

    private static Map<String, Object> failed(Map<String, Object> item, String message) {
        Map<String, Object> failed = new LinkedHashMap<>(item);
        failed.remove("content");
        failed.put("error", Map.of("message", message));
        return failed;
    }

    /** The bytes of a file item. */
    static byte[] content(Map<String, Object> item) {
        String content = String.valueOf(item.getOrDefault("content", ""));
        if (!Parameters.isTrue(String.valueOf(item.getOrDefault("is_base64", "false")))) {
            return content.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The content of '" + item.get("name") + "' is not valid base64.");
        }
    }
}
