package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.engine.Language;
import io.sluice.service.OutboundRule;
import io.sluice.service.Services;
import io.sluice.service.TextSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a record must be to be saved. Its text may be anything. */
final class Validation {
    private static final int NAME = 255;
    private static final long MAX_TIMEOUT = 300_000;
    private static final long MAX_MEMORY = 4096;
    private final Languages languages;
    private final Services services;

    Validation(Languages languages, Services services) {
        this.languages = languages;
        this.services = services;
    }

    /** @param before the record as it stands, when there is one: what stays as it was need not be right any more */
    void check(ScriptDefinition script, Optional<ScriptDefinition> before) {
        name(script.id());
        language(script.type());
        if (script.linked() && !before.flatMap(ScriptDefinition::link).equals(script.link())) {
            link(script.link().orElseThrow().serviceId());
        }
        lookups(script.config().get("lookups"));
        within("timeout_ms", script.timeoutMillis(), MAX_TIMEOUT);
        within("memory_mb", script.memoryMegabytes(), MAX_MEMORY);
        QueueOptions.of(script.config());
        script.pollSeconds().ifPresent(seconds -> within("poll_seconds", seconds, Integer.MAX_VALUE));
        outbound(script);
        if (!script.isolation().equals("auto") && !script.isolation().equals("strict")) {
            throw ApiException.badRequest("Field 'isolation' is 'auto' or 'strict', not '" + script.isolation() + "'.");
        }
    }

    private static void lookups(@Nullable Object declared) {
        boolean names = declared == null
                || declared instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        if (!names) {
            throw ApiException.badRequest(
                    "Field 'config': its 'lookups' must be a list of the names of private lookups that the script may know.");
        }
    }

    private static void outbound(ScriptDefinition script) {
        try {
            OutboundRule.PUBLIC_ONLY.and(script.outbound());
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("Field 'outbound': " + e.getMessage());
        }
    }

    void name(ScriptId id) {
        if (id.name().isBlank() || id.name().length() > NAME) {
            throw ApiException.badRequest("The name of a script has 1 to " + NAME + " characters, not "
                    + id.name().length() + ".");
        }
    }

    private void language(String type) {
        if (languages.find(type).isEmpty()) {
            String known = languages.all().stream().map(Language::name).collect(Collectors.joining(", "));
            throw ApiException.badRequest(
                    "There is no script type '" + type + "'. The script languages of this server are: " + known + ".");
        }
    }

    private void link(long serviceId) {
        Services.Running service = services.byId(serviceId)
                .orElseThrow(() ->
                        ApiException.badRequest("Field 'storage_service_id': there is no active service with the id "
                                + serviceId + " to link the script to."));
        if (service.definition().active() && !(service.service() instanceof TextSource)) {
            throw ApiException.badRequest("Field 'storage_service_id': scripts cannot be linked to the service '"
                    + service.definition().name() + "', because it keeps neither files nor a repository.");
        }
    }

    private static void within(String field, long value, long most) {
        if (value < 1 || value > most) {
            throw new ApiException(
                    ApiError.of(400, "Field '" + field + "' must be from 1 to " + most + ", not " + value + "."));
        }
    }
}
