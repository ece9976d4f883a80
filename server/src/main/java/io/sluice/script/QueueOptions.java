package io.sluice.script;

import io.sluice.api.ApiException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code config} of a script says about its queued runs: {@code delay} in seconds and {@code queue}, also spelled
 * {@code QUEUED_DELAY} and {@code QUEUED_QUEUE}. There is one connection, so {@code connection} says nothing.
 */
public record QueueOptions(Duration delay, String queue) {
    private static final long MOST_SECONDS = 366L * 24 * 3600;
    private static final int LONGEST_NAME = 80;

    /** A value that cannot be right is a 400 that names the field. */
    public static QueueOptions of(Map<String, @Nullable Object> config) {
        return new QueueOptions(
                text(config, "delay").map(QueueOptions::delay).orElse(Duration.ZERO),
                text(config, "queue").map(QueueOptions::queue).orElse("default"));
    }

    private static Optional<String> text(Map<String, @Nullable Object> config, String name) {
        Object value = config.get(name);
        Object queued = value == null ? config.get("QUEUED_" + name.toUpperCase(Locale.ROOT)) : value;
        return Optional.ofNullable(queued)
                .map(Object::toString)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static Duration delay(String text) {
        if (!text.matches("\\d{1,9}") || Long.parseLong(text) > MOST_SECONDS) {
            throw ApiException.badRequest(
                    "Field 'config.delay' must be whole seconds from 0 to " + MOST_SECONDS + ", not '" + text + "'.");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static String queue(String text) {
        if (text.length() > LONGEST_NAME) {
            throw ApiException.badRequest("Field 'config.queue' must have at most " + LONGEST_NAME + " characters.");
        }
        return text;
    }
}
