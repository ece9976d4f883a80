package io.sluice.script;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.ScriptDefinition.ReleaseRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a script as records and configs spell them, and back. A value that cannot be right is a 400 that names the
 * field. Pure.
 */
public final class ScriptForm {
    /** The time limit of a script that sets none. */
    public static final long TIMEOUT_MILLIS = 5000;

    private static final long MEMORY_MEGABYTES = 128;
    private static final long PYTHON_MEGABYTES = 512;
    private final Map<String, @Nullable Object> fields;

    private ScriptForm(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** The definition that those fields describe; absent ones have their defaults. */
    public static ScriptDefinition read(
            ScriptId id, String type, boolean active, boolean mayModify, Map<String, @Nullable Object> fields) {
        ScriptForm form = new ScriptForm(fields);
        return new ScriptDefinition(
                id,
                type,
                form.content(),
                form.link(),
                active,
                mayModify,
                form.map("config"),
                form.onFetchError(),
                form.number("poll_seconds"),
                form.number("timeout_ms").orElse(TIMEOUT_MILLIS),
                form.number("memory_mb").orElse(type.startsWith("python") ? PYTHON_MEGABYTES : MEMORY_MEGABYTES),
                form.text("isolation").orElse("auto"),
                form.flag("allow_system"),
                form.list("outbound"),
                form.release());
    }

    /** All fields of a definition but its name and switches. */
    public static Map<String, @Nullable Object> fields(ScriptDefinition script) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("content", script.content());
        fields.put("config", script.config().isEmpty() ? null : script.config());
        fields.put("storage_service_id", script.link().map(Link::serviceId).orElse(null));
        fields.put("storage_path", script.link().map(Link::path).orElse(null));
        fields.put("scm_repository", script.link().map(Link::repository).orElse(null));
        fields.put("scm_reference", script.link().map(Link::reference).orElse(null));
        fields.put("on_fetch_error", script.onFetchError().word());
        fields.put(
                "poll_seconds",
                script.pollSeconds().isPresent() ? script.pollSeconds().getAsLong() : null);
        fields.put("timeout_ms", script.timeoutMillis());
        fields.put("memory_mb", script.memoryMegabytes());
        fields.put("isolation", script.isolation());
        fields.put("allow_system", script.allowSystem());
        fields.put("outbound", script.outbound());
        fields.put("release", script.release().word());
        return fields;
    }

    private Optional<String> text(String field) {
        Object value = fields.get(field);
        return value == null || value.toString().isBlank() ? Optional.empty() : Optional.of(value.toString());
    }

    private String content() {
        @Nullable Object content = fields.get("content");
        if (content != null && !(content instanceof String)) {
            throw ApiException.badRequest("Field 'content' must be the text of a script.");
        }
        return content == null ? "" : (String) content;
    }

    private Optional<Link> link() {
        OptionalLong service = number("storage_service_id");
        return service.isEmpty()
                ? Optional.empty()
                : Optional.of(new Link(
                        service.getAsLong(),
                        text("scm_repository").orElse(""),
                        text("scm_reference").orElse(""),
                        text("storage_path").orElse("")));
    }

    private OnFetchError onFetchError() {
        String word = text("on_fetch_error").orElse(OnFetchError.LAST_GOOD.word());
        return OnFetchError.parse(word)
                .orElseThrow(() -> ApiException.badRequest(
                        "Field 'on_fetch_error' is 'last_good', 'fail' or 'skip', not '" + word + "'."));
    }

    private ReleaseRule release() {
        String word = text("release").orElse(ReleaseRule.WHOLE.word());
        return ReleaseRule.parse(word)
                .orElseThrow(() ->
                        ApiException.badRequest("Field 'release' is 'whole' or 'alone', not '" + word + "'."));
    }

    private OptionalLong number(String field) {
        Optional<String> text = text(field);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get().trim()));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("Field '" + field + "' must be a whole number, not '" + text.get() + "'.");
        }
    }

    private boolean flag(String field) {
        return text(field).map(Parameters::isTrue).orElse(false);
    }

    private Map<String, @Nullable Object> map(String field) {
        @Nullable Object value = fields.get(field);
        if (value == null || value.equals("") || value.equals(List.of())) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw ApiException.badRequest("Field '" + field + "' must be an object.");
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, inner) -> copy.put(String.valueOf(name), inner));
        return copy;
    }

    private List<String> list(String field) {
        @Nullable Object value = fields.get(field);
        if (value == null || value.equals("")) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw ApiException.badRequest("Field '" + field + "' must be a list of host names.");
        }
        return list.stream().map(String::valueOf).toList();
    }
}
