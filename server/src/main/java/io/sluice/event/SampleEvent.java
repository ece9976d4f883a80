package io.sluice.event;

import io.sluice.script.EventData;
import io.sluice.script.ScriptId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes a whole event of the parts that somebody gave: what is missing is as a call of the script's name would have it. Pure. */
final class SampleEvent {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SampleEvent() {}

    /** A map of its own, which a script may change. */
    static Map<String, @Nullable Object> of(ScriptId id, Map<String, @Nullable Object> given) {
        return switch (id.kind()) {
            case SERVICE -> ofService(id, given);
            case EVENT -> ofCall(id, EventName.read(id.name()), given);
        };
    }

    private static Map<String, @Nullable Object> ofService(ScriptId id, Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        Object resource = given.getOrDefault("resource", "");
        event.put("request", request("GET", id.name(), String.valueOf(resource), given.get("request")));
        event.put("response", EventData.emptyResponse());
        event.put("resource", resource);
        return with(event, given);
    }

    private static Map<String, @Nullable Object> ofCall(
            ScriptId id, EventName name, Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        String method = name.verb().map(Enum::name).orElse("GET");
        String last = name.below().substring(name.below().lastIndexOf('/') + 1);
        event.put("resource", last.startsWith("{") ? "" : last);
        event.put("request", request(method, name.service(), name.below(), given.get("request")));
        if (!name.before()) {
            event.put("response", response());
        }
        event.put("name", id.name());
        event.put("stage", name.stage());
        event.put("script_name", id.name());
        event.put("__tag__", "exposed_event");
        return with(event, given);
    }

    private static Map<String, @Nullable Object> request(
            String method, String service, String resource, @Nullable Object given) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        @Nullable Object payload = given instanceof Map<?, ?> map ? map.get("payload") : null;
        request.put("api_version", "2.0");
        request.put("method", method);
        request.put("parameters", new LinkedHashMap<>());
        request.put("headers", new LinkedHashMap<>());
        request.put("payload", new ArrayList<>());
        request.put("content", payload == null ? "" : JSON.writeValueAsString(payload));
        request.put("content_type", "application/json");
        request.put("uri", "/api/v2/" + service + (resource.isEmpty() ? "" : "/" + resource));
        request.put("service", service);
        request.put("resource", resource);
        return request;
    }

    private static Map<String, @Nullable Object> response() {
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("status_code", 200);
        response.put("content_type", null);
        response.put("content", null);
        response.put("format", EventData.NATIVE);
        response.put("headers", new LinkedHashMap<>());
        return response;
    }

    /** What was given takes the place of what is usual, field by field also within the request and the response. */
    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> usual, Map<String, @Nullable Object> given) {
        given.forEach((field, value) -> {
            boolean parts = field.equals("request") || field.equals("response");
            if (parts && usual.get(field) instanceof Map<?, ?> map && value instanceof Map<?, ?> more) {
                Map<String, @Nullable Object> both = new LinkedHashMap<>();
                map.forEach((name, part) -> both.put(String.valueOf(name), part));
                more.forEach((name, part) -> both.put(String.valueOf(name), EventData.copy(part)));
                usual.put(field, both);
            } else {
                usual.put(field, EventData.copy(value));
            }
        });
        return usual;
    }
}
