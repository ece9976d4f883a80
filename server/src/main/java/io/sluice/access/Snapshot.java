package io.sluice.access;

import io.sluice.store.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Roles, apps and lookups as of one moment. Immutable. */
record Snapshot(
        Map<Long, RoleRules> roles,
        Map<String, Apps.Entry> appsByKey,
        Map<Long, Apps.Entry> apps,
        Map<String, String> lookups,
        Map<String, String> secretLookups) {
    Snapshot {
        roles = Map.copyOf(roles);
        appsByKey = Map.copyOf(appsByKey);
        apps = Map.copyOf(apps);
        lookups = Map.copyOf(lookups);
        secretLookups = Map.copyOf(secretLookups);
    }

    static Snapshot of(Tx tx) {
        Map<String, Apps.Entry> byKey = new HashMap<>();
        Map<Long, Apps.Entry> byId = new HashMap<>();
        for (Apps.Entry app : Apps.entries(tx)) {
            byKey.put(app.key(), app);
            byId.put(app.id(), app);
        }
        return new Snapshot(
                Roles.rules(tx), byKey, byId, LookupRecords.values(tx, false), LookupRecords.values(tx, true));
    }

    /** The role of that person in that app, else the app's own. Roles in other apps do not count. */
    Optional<RoleRules> role(Optional<People.Entry> person, Optional<Apps.Entry> app) {
        if (app.isEmpty()) {
            return Optional.empty();
        }
        return person.map(entry -> entry.roleByApp().get(app.get().id()))
                .or(() -> Optional.ofNullable(app.get().roleId()))
                .map(roles::get);
    }
}
