package io.sluice.service.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.SchemaSettings;
import io.sluice.service.SchemaSettings.Entry;
import io.sluice.service.SchemaSettings.Kind;
import io.sluice.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSchemaSettingsTest {
    @TempDir
    Path folder;

    @Test
    void keepsReplacesAndRemoves() {
        try (Store store = Store.open(folder.resolve("system.db"))) {
            SchemaSettings settings = new StoredSchemaSettings(store, Clock.systemUTC());
            long db = service(store, "db");
            long other = service(store, "other");
            Entry label = new Entry(Kind.TABLE, "note", "", Map.of("label", "Remark"));
            Entry rule = new Entry(
                    Kind.FIELD,
                    "note",
                    "body",
                    Map.of("picklist", List.of("a", "b"), "validation", Map.of("not_empty", Map.of())));
            settings.put(db, List.of(label, rule));
            assertThat(settings.of(db)).containsExactly(label, rule);
            assertThat(settings.of(other)).isEmpty();
            Entry changed = new Entry(Kind.TABLE, "note", "", Map.of("alias", "remark"));
            settings.put(db, List.of(changed, rule.emptied()));
            assertThat(settings.of(db)).containsExactly(changed);
            store.write(tx -> tx.update("delete from service where id = ?", db));
            assertThat(settings.of(db)).isEmpty();
        }
    }

    private static long service(Store store, String name) {
        return store.write(tx -> tx.insert(
                "insert into service (name, label, type, is_active, config, created_date, last_modified_date)"
                        + " values (?, '', 'sqlite', 1, '{}', '', '')",
                name));
    }
}
