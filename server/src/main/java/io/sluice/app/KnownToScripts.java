package io.sluice.app;

import io.sluice.access.Access;
import io.sluice.api.Caller;
import io.sluice.script.Surroundings;
import io.sluice.service.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lookups and roles, as the room {@code access} keeps them, for scripts. */
record KnownToScripts(Access access, Services services) implements Surroundings {
    @Override
    public Map<String, String> openLookups() {
        return access.openLookups();
    }

    @Override
    public Optional<String> secretLookup(String name) {
        return access.secretLookup(name);
    }

    @Override
    public List<Map<String, @Nullable Object>> allowed(Caller.Role role) {
        return access.allowed(role).stream().map(this::named).toList();
    }

    private Map<String, @Nullable Object> named(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("service", row.get("service_id") instanceof Long id ? name(id) : null);
        named.putAll(row);
        return named;
    }

    private @Nullable String name(long id) {
        return services.byId(id).map(one -> one.definition().name()).orElse(null);
    }
}
