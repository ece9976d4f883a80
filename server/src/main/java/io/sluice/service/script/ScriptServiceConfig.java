package io.sluice.service.script;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.ScriptId;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the config of a script service says about its script. Pure. */
public final class ScriptServiceConfig {
    private static final long TIMEOUT_MILLIS = 5000;
    private static final long MEMORY_MEGABYTES = 128;
    private static final long PYTHON_MEGABYTES = 512;

    private ScriptServiceConfig() {}

    /** The fields of the config, as {@code system/service_type} shows them. */
    static List<ConfigField> fields() {
        return List.of(
                ConfigField.of("content", "Content", "text").describedAs("The script, unless it is linked."),
                ConfigField.of("config", "Additional Configuration", "object"),
                ConfigField.of("queued", "Queue For Later Execution", "boolean")
                        .or(false)
                        .describedAs("Running later from a queue is not supported yet; true is refused."),
                ConfigField.of("implements_access_list", "Implements Access List", "boolean")
                        .or(false)
                        .describedAs("The script answers GET with as_access_list=true itself."),
                ConfigField.of("storage_service_id", "Link to a service", "reference")
                        .describedAs("A file or Git service that holds the script's text."),
                ConfigField.of("storage_path", "Path", "string"),
                ConfigField.of("scm_repository", "Repository", "string"),
                ConfigField.of("scm_reference", "Branch or tag", "string")
                        .describedAs("Empty: the default branch of the repository."),
                ConfigField.of("cache_enabled", "Response Caching", "boolean")
                        .or(false)
                        .describedAs("Accepted so that older records can be saved; answers are not cached."),
                ConfigField.of("cache_ttl", "Response Cache Seconds", "integer").or(0),
                new ConfigField(
                        "on_fetch_error",
                        "When the text cannot be fetched",
                        "picklist",
                        false,
                        OnFetchError.LAST_GOOD.word(),
                        Stream.of(OnFetchError.values()).map(OnFetchError::word).toList(),
                        "last_good: run the last good version; fail: answer 503; skip: answer without the script when it has "
                                + "no good version."),
                ConfigField.of("poll_seconds", "Look for changes every (seconds)", "integer")
                        .describedAs("Empty: never by itself."),
                ConfigField.of("timeout_ms", "Time limit (ms)", "integer").or(TIMEOUT_MILLIS),
                ConfigField.of("memory_mb", "Memory limit (MB)", "integer").describedAs("Default 128, for Python 512."),
                new ConfigField("isolation", "Isolation", "picklist", false, "auto", List.of("auto", "strict"), ""),
                ConfigField.of("allow_system", "May change system records", "boolean")
                        .or(false),
                ConfigField.of("outbound", "Hosts that it may call", "array"));
    }

    /**
     * The record of the service's script, to be saved in the transaction that saves the service. A value that cannot be right is a
     * 400 that names the field; {@code queued} is a 501.
     */
    public static ScriptDefinition script(ServiceDefinition service) {
        if (service.flag("queued")) {
            throw ApiException.notImplemented(
                    "The service '" + service.name() + "' was not saved: scripts that run later from a "
                            + "queue are not supported yet. Leave 'queued' false to run the script with the call.");
        }
        return new ScriptDefinition(
                ScriptId.service(service.name()),
                service.type(),
                content(service),
                link(service),
                service.active(),
                true,
                map(service, "config"),
                onFetchError(service),
                number(service, "poll_seconds"),
                number(service, "timeout_ms").orElse(TIMEOUT_MILLIS),
                number(service, "memory_mb").orElse(memory(service.type())),
                service.text("isolation").orElse("auto"),
                flag(service, "allow_system"),
                list(service, "outbound"));
    }

    static boolean implementsAccessList(ServiceDefinition service) {
        return flag(service, "implements_access_list");
    }

    private static String content(ServiceDefinition service) {
        @Nullable Object content = service.config().get("content");
        if (content != null && !(content instanceof String)) {
            throw ApiException.badRequest("Field 'content' must be the text of a script.");
        }
        return content == null ? "" : (String) content;
    }

    private static Optional<Link> link(ServiceDefinition service) {
        OptionalLong id = number(service, "storage_service_id");
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Link(
                        id.getAsLong(),
                        service.text("scm_repository").orElse(""),
                        service.text("scm_reference").orElse(""),
                        service.text("storage_path").orElse("")));
    }

    private static OnFetchError onFetchError(ServiceDefinition service) {
        String word = service.text("on_fetch_error").orElse(OnFetchError.LAST_GOOD.word());
        return OnFetchError.parse(word)
                .orElseThrow(() -> ApiException.badRequest(
                        "Field 'on_fetch_error' is 'last_good', 'fail' or 'skip', not '" + word + "'."));
    }

    private static long memory(String type) {
        return type.startsWith("python") ? PYTHON_MEGABYTES : MEMORY_MEGABYTES;
    }

    private static OptionalLong number(ServiceDefinition service, String field) {
        Optional<String> text = service.text(field);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get().trim()));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("Field '" + field + "' must be a whole number, not '" + text.get() + "'.");
        }
    }

    private static boolean flag(ServiceDefinition service, String field) {
        return service.text(field).map(Parameters::isTrue).orElse(false);
    }

    private static Map<String, @Nullable Object> map(ServiceDefinition service, String field) {
        @Nullable Object value = service.config().get(field);
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

    private static List<String> list(ServiceDefinition service, String field) {
        @Nullable Object value = service.config().get(field);
        if (value == null || value.equals("")) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw ApiException.badRequest("Field '" + field + "' must be a list of host names.");
        }
        return list.stream().map(String::valueOf).toList();
    }
}
