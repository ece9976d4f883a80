package io.sluice.service.script;

import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.ScriptDefinition.ReleaseRule;
import io.sluice.script.ScriptForm;
import io.sluice.script.ScriptId;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the config of a script service says about its script. Pure. */
public final class ScriptServiceConfig {
    private ScriptServiceConfig() {}

    /** The fields of the config, as {@code system/service_type} shows them. */
    static List<ConfigField> fields() {
        return List.of(
                ConfigField.of("content", "Content", "text").describedAs("The script, unless it is linked."),
                ConfigField.of("config", "Additional Configuration", "object")
                        .describedAs("For queued runs: delay in seconds, and queue, a name to tell them by."),
                ConfigField.of("queued", "Queue For Later Execution", "boolean")
                        .or(false)
                        .describedAs("Calls are answered with 202 at once; the script runs later, from the queue."),
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
                        .describedAs("Answers to GET are kept, for each caller by themselves."),
                ConfigField.of("cache_ttl", "Response Cache Seconds", "integer")
                        .or(0)
                        .describedAs("How long an answer is kept; 0: not at all."),
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
                ConfigField.of("timeout_ms", "Time limit (ms)", "integer").or(ScriptForm.TIMEOUT_MILLIS),
                ConfigField.of("memory_mb", "Memory limit (MB)", "integer").describedAs("Default 128, for Python 512."),
                new ConfigField("isolation", "Isolation", "picklist", false, "auto", List.of("auto", "strict"), ""),
                ConfigField.of("allow_system", "May change system records", "boolean")
                        .or(false),
                ConfigField.of("outbound", "Hosts that it may call", "array"),
                new ConfigField(
                        "release",
                        "When its new text is no good",
                        "picklist",
                        false,
                        ReleaseRule.WHOLE.word(),
                        Stream.of(ReleaseRule.values()).map(ReleaseRule::word).toList(),
                        "whole: nothing of the same push is taken over; alone: only this script stays as it is."));
    }

    /**
     * The record of the service's script, to be saved in the transaction that saves the service. A value that cannot be right is a
     * 400 that names the field.
     */
    public static ScriptDefinition script(ServiceDefinition service) {
        return ScriptForm.read(
                ScriptId.service(service.name()), service.type(), service.active(), true, service.config());
    }

    /** How long answers are kept; empty: not at all. */
    static Optional<Duration> keepAnswers(ServiceDefinition service) {
        long seconds = service.flag("cache_enabled")
                ? service.text("cache_ttl").map(Long::parseLong).orElse(0L)
                : 0;
        return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }

    static boolean queued(ServiceDefinition service) {
        return service.flag("queued");
    }

    static boolean implementsAccessList(ServiceDefinition service) {
        return service.flag("implements_access_list");
    }
}
