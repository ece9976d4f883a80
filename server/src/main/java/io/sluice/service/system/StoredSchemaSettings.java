package io.sluice.service.system;

import io.sluice.service.Effects;
import io.sluice.service.SchemaSettings;
import io.sluice.store.Store;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schema settings in the table {@code schema_setting}; they go with their service. Thread-safe. */
record StoredSchemaSettings(Store store, Clock clock) implements SchemaSettings {
    private static final Table TABLE = new Table("schema_setting", columns());
    private static final String SAME = "service_id = ? and table_name = ? and kind = ? and name = ?";

    private static List<Table.Column> columns() {
        List<Table.Column> columns = new ArrayList<>(Table.columns(Table.Kind.NUMBER, "service_id"));
        columns.addAll(Table.columns(Table.Kind.TEXT, "table_name kind name"));
        columns.addAll(Table.columns(Table.Kind.JSON, "settings"));
        columns.addAll(Table.columns(Table.Kind.TIME, "created_date last_modified_date"));
        return columns;
    }

    @Override
    public List<Entry> of(long service) {
        return store.read(tx -> TABLE.list(tx, "service_id = ?", service)).stream()
                .map(StoredSchemaSettings::entry)
                .toList();
    }

    private static Entry entry(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        if (row.get("settings") instanceof Map<?, ?> kept) {
            kept.forEach((name, value) -> settings.put(String.valueOf(name), value));
        }
        Kind kind = Kind.valueOf(String.valueOf(row.get("kind")).toUpperCase(Locale.ROOT));
        return new Entry(kind, String.valueOf(row.get("table_name")), String.valueOf(row.get("name")), settings);
    }

    @Override
    public void put(long service, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Effects.begin();
        store.write(tx -> {
            entries.forEach(entry -> put(tx, service, entry));
            return entries.size();
        });
    }

    private void put(Tx tx, long service, Entry entry) {
        String kind = entry.kind().name().toLowerCase(Locale.ROOT);
        Optional<Long> known =
                TABLE.one(tx, SAME, service, entry.table(), kind, entry.name()).map(row -> (Long) row.get("id"));
        if (entry.settings().isEmpty()) {
            known.ifPresent(id -> TABLE.delete(tx, id));
            return;
        }
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("settings", entry.settings());
        row.put("last_modified_date", now);
        if (known.isPresent()) {
            TABLE.update(tx, known.get(), row);
            return;
        }
        row.put("service_id", service);
        row.put("table_name", entry.table());
        row.put("kind", kind);
        row.put("name", entry.name());
        row.put("created_date", now);
        TABLE.insert(tx, row);
    }
}
