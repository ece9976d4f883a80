package io.sluice.service.system;

import io.sluice.access.Records;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records that the room {@code access} owns.
 *
 * @param preparing what query parameters add to the changes of an update
 */
record AccessFamily(
        Records records, BiFunction<Map<String, @Nullable Object>, Parameters, Map<String, @Nullable Object>> preparing)
        implements RecordFamily {

    static AccessFamily of(Records records) {
        return new AccessFamily(records, (changes, parameters) -> changes);
    }

    /** {@code ?regenerate=true} puts a fresh key into the changes. */
    static AccessFamily apps(Records records, java.util.function.Supplier<String> freshKey) {
        return new AccessFamily(records, (changes, parameters) -> {
            if (!parameters.flag("regenerate")) {
                return changes;
            }
            Map<String, @Nullable Object> more = new LinkedHashMap<>(changes);
            more.put("api_key", freshKey.get());
            return more;
        });
    }

    @Override
    public String name() {
        return records.name();
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return records.all(tx);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> one(Tx tx, Object key) {
        return records.byId(tx, (Long) key);
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        return records.create(tx, record, caller);
    }

    @Override
    public Map<String, @Nullable Object> update(
            Tx tx, Object key, Map<String, @Nullable Object> changes, Caller caller) {
        return records.update(tx, (Long) key, changes, caller);
    }

    @Override
    public void delete(Tx tx, Object key, Caller caller) {
        records.delete(tx, (Long) key, caller);
    }

    @Override
    public Map<String, @Nullable Object> prepared(Map<String, @Nullable Object> changes, Parameters parameters) {
        return preparing.apply(changes, parameters);
    }

    @Override
    public List<String> relations() {
        return records.relations();
    }

    @Override
    public @Nullable Object related(Tx tx, String relation, Map<String, @Nullable Object> record) {
        return records.related(tx, relation, record);
    }
}
