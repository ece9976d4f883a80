package io.sluice.access;

import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which role a person has in which app. */
final class Assignments {
    static final Table TABLE =
            new Table("user_to_app_to_role", Stamps.after(Table.columns(Table.Kind.NUMBER, "user_id app_id role_id")));
    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.number("user_id").asRequired(),
            RecordForm.Field.number("app_id").asRequired(),
            RecordForm.Field.number("role_id").asRequired());

    private Assignments() {}

    static Children of(String relation, String parent, Stamps stamps) {
        return new Children(relation, TABLE, parent, FORM, Assignments::check, stamps);
    }

    private static void check(Tx tx, Map<String, @Nullable Object> entry, Problems problems) {
        exists(tx, Persons.TABLE, entry, "user_id", problems);
        exists(tx, Apps.TABLE, entry, "app_id", problems);
        exists(tx, Roles.TABLE, entry, "role_id", problems);
        Object self = entry.get("id") == null ? -1L : entry.get("id");
        TABLE.one(tx, "user_id = ? and app_id = ? and id <> ?", entry.get("user_id"), entry.get("app_id"), self)
                .ifPresent(other -> problems.add(
                        "app_id",
                        "The user has a role in app " + entry.get("app_id") + " already: send id " + other.get("id")
                                + " to change it."));
    }

    /** Adds a problem when a reference points nowhere. */
    static void exists(Tx tx, Table table, Map<String, @Nullable Object> row, String column, Problems problems) {
        Object id = row.get(column);
        if (id != null && !table.exists(tx, "id = ?", id)) {
            problems.add(column, "The " + column + " field names a record that does not exist: " + id + ".");
        }
    }

    /** Role id by app id for one person. */
    static Map<Long, Long> of(Tx tx, long person) {
        Map<Long, Long> roleByApp = new HashMap<>();
        tx.list(
                        "select app_id, role_id from user_to_app_to_role where user_id = ?",
                        row -> Map.entry(row.getLong("app_id"), row.getLong("role_id")),
                        person)
                .forEach(entry -> roleByApp.put(entry.getKey(), entry.getValue()));
        return Map.copyOf(roleByApp);
    }
}
