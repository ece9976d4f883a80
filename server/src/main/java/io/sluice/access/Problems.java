package io.sluice.access;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a record, field by field. Confined to one thread. */
public final class Problems {
    private final Map<String, List<String>> byField = new LinkedHashMap<>();

    /** The message is a whole sentence that names the field. */
    public void add(String field, String message) {
        byField.computeIfAbsent(field, name -> new ArrayList<>()).add(message);
    }

    public boolean isEmpty() {
        return byField.isEmpty();
    }

    public boolean has(String field) {
        return byField.containsKey(field);
    }

    /** A 400 with all messages, the fields in its context, if there is anything to say. */
    public void throwIfAny() {
        if (!byField.isEmpty()) {
            List<String> messages =
                    byField.values().stream().flatMap(List::stream).toList();
            throw new ApiException(
                    ApiError.of(400, "Invalid data supplied. " + String.join(" ", messages), Map.copyOf(byField)));
        }
    }
}
