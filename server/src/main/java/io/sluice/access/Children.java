package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records that belong to another one and may be written with it. An entry without id is made; with an id it is changed, or
 * deleted when it sets its parent to null, or handed on when it names another parent. Entries that are not mentioned stay.
 *
 * @param relation {@code role_service_access_by_role_id}
 * @param parent the column that holds the parent's id
 */
record Children(String relation, Table table, String parent, RecordForm form, Check check, Stamps stamps) {

    /** Looks at an entry as it will be stored. */
    interface Check {
        void check(Tx tx, Map<String, @Nullable Object> entry, Problems problems);
    }

    List<Map<String, @Nullable Object>> of(Tx tx, long parentId) {
        return table.list(tx, parent + " = ?", parentId);
    }

    void save(Tx tx, long parentId, @Nullable Object given, Caller caller) {
        if (given == null) {
            return;
        }
        if (!(given instanceof List<?> entries)) {
            throw ApiException.badRequest("The " + relation + " field must be a list.");
        }
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> map)) {
                throw ApiException.badRequest("The entries of " + relation + " must be objects.");
            }
            save(tx, parentId, named(map), caller);
        }
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> map) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        map.forEach((name, value) -> entry.put(String.valueOf(name), value));
        return entry;
    }

    private void save(Tx tx, long parentId, Map<String, @Nullable Object> entry, Caller caller) {
        Object id = entry.get("id");
        if (id == null) {
            entry.put(parent, parentId);
            create(tx, entry, caller);
            return;
        }
        Map<String, @Nullable Object> before = mine(tx, parentId, id);
        if (entry.containsKey(parent) && entry.get(parent) == null) {
            table.delete(tx, ((Number) Objects.requireNonNull(before.get("id"))).longValue());
        } else {
            update(tx, before, entry, caller);
        }
    }

    private void create(Tx tx, Map<String, @Nullable Object> entry, Caller caller) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = form.forCreate(entry, problems);
        checked(tx, row, problems);
        row.putAll(stamps.made(caller));
        table.insert(tx, row);
    }

    private void update(
            Tx tx, Map<String, @Nullable Object> before, Map<String, @Nullable Object> entry, Caller caller) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = new LinkedHashMap<>(before);
        row.putAll(form.forUpdate(entry, problems));
        checked(tx, row, problems);
        row.putAll(stamps.changed(caller));
        table.update(tx, ((Number) Objects.requireNonNull(before.get("id"))).longValue(), row);
    }

    private void checked(Tx tx, Map<String, @Nullable Object> row, Problems problems) {
        problems.throwIfAny();
        check.check(tx, row, problems);
        problems.throwIfAny();
    }

    private Map<String, @Nullable Object> mine(Tx tx, long parentId, Object id) {
        return table.one(tx, "id = ? and " + parent + " = ?", Family.key(id), parentId)
                .orElseThrow(
                        () -> ApiException.badRequest("There is no entry with id " + id + " in " + relation + "."));
    }
}
