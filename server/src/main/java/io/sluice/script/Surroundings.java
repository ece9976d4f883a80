package io.sluice.script;

import io.sluice.api.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What scripts may know beyond the call that they serve; others keep it. Asked in every run, so it answers from memory. Thread-safe. */
public interface Surroundings {
    /** There is nothing to know. */
    Surroundings NONE = new Surroundings() {
        @Override
        public Map<String, String> openLookups() {
            return Map.of();
        }

        @Override
        public Optional<String> secretLookup(String name) {
            return Optional.empty();
        }

        @Override
        public List<Map<String, @Nullable Object>> allowed(Caller.Role role) {
            return List.of();
        }
    };

    /** The lookup records that are not private. Never changes; another map comes in its place. */
    Map<String, String> openLookups();

    /** The value of a private lookup record. Asked only for names that the script's record declares. */
    Optional<String> secretLookup(String name);

    /** What a role allows: {@code {service, service_id, component, verb_mask, requestor_mask, filters, filter_op}} for each row. */
    List<Map<String, @Nullable Object>> allowed(Caller.Role role);
}
