package io.sluice.service.system;

import io.sluice.access.Directory;
import io.sluice.access.Stamps;
import io.sluice.api.Caller;
import io.sluice.service.Services;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a fresh installation has. Run at every start: the services that must exist always do, the others only at first. */
record Seeds(Services services, Directory directory, Stamps stamps) {
    private static final Table SERVICE = ServiceRecords.TABLE;

    boolean plant(Tx tx) {
        boolean fresh = !SERVICE.exists(tx, "id > 0");
        own(tx, "system", "system", "System Management", false);
        own(tx, "api_docs", "swagger", "Live API Docs", true);
        own(tx, "user", "user", "User Management", true);
        if (fresh) {
            directory.seed(tx);
            files(tx);
        }
        return fresh;
    }

    private void own(Tx tx, String name, String type, String label, boolean mutable) {
        if (services.type(type).isPresent() && !SERVICE.exists(tx, "type = ?", type)) {
            Map<String, @Nullable Object> row = row(name, type, label);
            row.put("mutable", mutable);
            row.put("deletable", false);
            SERVICE.insert(tx, row);
        }
    }

    private void files(Tx tx) {
        if (services.type("local_file").isPresent()) {
            Map<String, @Nullable Object> row = row("files", "local_file", "Local File Storage");
            row.put("config", Map.of("container", "files"));
            SERVICE.insert(tx, row);
        }
    }

    private Map<String, @Nullable Object> row(String name, String type, String label) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("type", type);
        row.put("label", label);
        row.put("config", Map.of());
        row.putAll(stamps.made(Caller.PLATFORM));
        return row;
    }
}
