package io.sluice.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users add to the schema of a database and the database itself cannot hold: labels, aliases, pick lists, checks, virtual
 * relations. Kept by the platform, per service. Thread-safe.
 */
public interface SchemaSettings {
    /** What an entry is about. */
    enum Kind {
        TABLE,
        FIELD,
        RELATION
    }

    /**
     * The settings of one thing.
     *
     * @param table as the database has it, in lower case
     * @param name of the field or relation, in lower case; empty for the table itself
     * @param settings plain values, maps and lists
     */
    record Entry(Kind kind, String table, String name, Map<String, @Nullable Object> settings) {
        public Entry {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        /** The same thing without any settings. */
        public Entry emptied() {
            return new Entry(kind, table, name, Map.of());
        }

        public boolean about(Kind what, String ofTable, String named) {
            return kind == what && table.equals(ofTable) && name.equals(named);
        }
    }

    /** Everything that is kept for that service. */
    List<Entry> of(long service);

    /** Keeps these entries instead of earlier ones about the same things, all or none; an entry without settings is removed. */
    void put(long service, List<Entry> entries);

    /** Settings that last as long as the process. */
    static SchemaSettings inMemory() {
        return new SchemaSettings() {
            private final Map<Long, List<Entry>> kept = new LinkedHashMap<>();

            @Override
            public synchronized List<Entry> of(long service) {
                return List.copyOf(kept.getOrDefault(service, List.of()));
            }

            @Override
            public synchronized void put(long service, List<Entry> entries) {
                List<Entry> all = new ArrayList<>(of(service));
                for (Entry entry : entries) {
                    all.removeIf(old -> old.about(entry.kind(), entry.table(), entry.name()));
                    if (!entry.settings().isEmpty()) {
                        all.add(entry);
                    }
                }
                kept.put(service, all);
            }
        };
    }
}
