package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What calls on {@code _schema} carry: definitions, or the names of what is to go. Pure. */
record SchemaBody(ServiceRequest request) {

    /** The only definition, or the first of several. */
    Map<?, ?> definition() {
        return definitions().getFirst();
    }

    /** Under {@code resource}, as a bare list, or one alone. */
    List<Map<?, ?>> definitions() {
        List<Map<?, ?>> definitions = new ArrayList<>();
        for (@Nullable Object each : listed()) {
            if (each instanceof Map<?, ?> definition) {
                definitions.add(new LinkedHashMap<>(definition));
            }
        }
        if (definitions.isEmpty()) {
            throw ApiException.badRequest(
                    "No definition in the request. Example: {\"resource\":[{\"name\":\"contact\",\"field\":[…]}]}");
        }
        return definitions;
    }

    private List<?> listed() {
        @Nullable Object payload = request.body().isEmpty() ? null : request.payload();
        @Nullable
        Object given = payload instanceof Map<?, ?> map && map.containsKey("resource") ? map.get("resource") : payload;
        return given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
    }

    /** From {@code ids}, else from the body: names, or objects with names. Empty when there are none. */
    List<String> names() {
        Optional<String> ids = request.parameters().text("ids", "names");
        if (ids.isPresent()) {
            return Arrays.stream(ids.get().split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
        return listed().stream()
                .map(each -> each instanceof Map<?, ?> map ? named(map) : String.valueOf(each))
                .toList();
    }

    static String named(Map<?, ?> definition) {
        @Nullable Object name = definition.get("name");
        if (name == null) {
            throw ApiException.badRequest("A definition has no 'name'.");
        }
        return String.valueOf(name);
    }

    /** The definition under the name that the address gives it. */
    static Map<?, ?> named(String name, Map<?, ?> definition) {
        Map<Object, @Nullable Object> named = new LinkedHashMap<>(definition);
        named.put("name", name);
        return named;
    }
}
