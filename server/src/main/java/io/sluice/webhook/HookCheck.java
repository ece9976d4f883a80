package io.sluice.webhook;

import io.sluice.service.GitHost;
import io.sluice.service.Services;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may stand in the record of a webhook. */
record HookCheck(Services services) {
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 255;
    private static final int MOST_PATTERNS = 50;

    /** Sentences by field. */
    Map<String, String> wrong(Tx tx, Map<String, @Nullable Object> fields, long self) {
        Map<String, String> wrong = new LinkedHashMap<>();
        if (fields.get("name") instanceof String name && HookTable.isTaken(tx, name, self)) {
            wrong.put("name", "The name '" + name + "' is taken by another webhook.");
        }
        if (fields.get("provider") instanceof String word
                && Provider.parse(word).isEmpty()) {
            wrong.put("provider", "The provider field must be one of " + String.join(", ", Provider.words()) + ".");
        }
        if (fields.get("service_id") instanceof Long service) {
            service(service).ifPresent(why -> wrong.put("service_id", why));
        }
        if (fields.get("secret") instanceof String secret && !secret.equals(WebhookRecords.MASK) && !isSecret(secret)) {
            wrong.put(
                    "secret",
                    "The secret field must have " + SHORTEST_SECRET + " to " + LONGEST_SECRET
                            + " characters without blanks; leave it out to have one made.");
        }
        for (String field : List.of("branches", "paths")) {
            patterns(fields.get(field)).ifPresent(why -> wrong.put(field, "The " + field + " field " + why));
        }
        return wrong;
    }

    private Optional<String> service(long id) {
        Optional<Services.Running> running = services.byId(id);
        if (running.isEmpty()) {
            return Optional.of("There is no service with id " + id + ".");
        }
        boolean off = !running.get().definition().active();
        return off || running.get().service() instanceof GitHost
                ? Optional.empty()
                : Optional.of("The service '" + running.get().definition().name() + "' is not a running Git service.");
    }

    private static boolean isSecret(String secret) {
        return secret.length() >= SHORTEST_SECRET
                && secret.length() <= LONGEST_SECRET
                && secret.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static Optional<String> patterns(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST_PATTERNS) {
            return Optional.of("must be a list of at most " + MOST_PATTERNS + " patterns.");
        }
        return list.stream()
                .filter(one -> !(one instanceof String text) || !Glob.isUsable(text))
                .findFirst()
                .map(one -> "has an entry that is no pattern: '" + one + "'. Patterns are names with *, ** and ?.");
    }
}
