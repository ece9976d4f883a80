package io.sluice.service.system;

import io.sluice.api.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records in a request body. */
final class RecordBody {
    private static final String NONE = "No record(s) detected in request. Please make sure record(s) are wrapped in a"
            + " 'resource' tag. Example: {\"resource\":[{\"record\":1},{\"record\":2}]}";

    private RecordBody() {}

    /** {@code {"resource": […]}}, {@code {"resource": {…}}} or a bare list; empty for anything else. */
    static Optional<List<?>> list(@Nullable Object payload) {
        Object inner = payload instanceof Map<?, ?> map ? map.get("resource") : payload;
        return switch (inner) {
            case List<?> list -> Optional.of(list);
            case Map<?, ?> one -> Optional.of(List.of(one));
            case null, default -> Optional.empty();
        };
    }

    static ApiException none() {
        return ApiException.badRequest(NONE);
    }

    /** One record, bare or wrapped. */
    static Map<String, @Nullable Object> single(@Nullable Object payload) {
        Optional<List<?>> wrapped = list(payload);
        if (wrapped.isPresent() && wrapped.get().size() == 1) {
            return record(wrapped.get().getFirst());
        }
        if (wrapped.isPresent() || payload == null) {
            throw none();
        }
        return record(payload);
    }

    static Map<String, @Nullable Object> record(@Nullable Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw ApiException.badRequest("A record must be an object with the names of its fields.");
        }
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        map.forEach((name, value) -> record.put(String.valueOf(name), value));
        return record;
    }
}
