package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Row;
import io.sluice.api.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records that a record carries under its relations: those that it points at before it, the others after it. Each
 * table's rights and row rules hold for what happens there. Confined to one call; the caller keeps the transaction.
 */
final class NestedWrites {
    private final Relations relations;
    private final Database database;
    private final Verb change;
    private final boolean mayDelete;

    /** {@code verb} of the call; {@code mayDelete}: children that are let go are deleted. */
    NestedWrites(Relations relations, Verb verb, boolean mayDelete) {
        this.relations = relations;
        this.database = relations.database();
        this.change = verb == Verb.PUT ? Verb.PUT : Verb.PATCH;
        this.mayDelete = mayDelete;
    }

    /** One step on a related record. */
    private interface Step<T> {
        T run() throws SQLException;
    }

    /** Failures say which record of the call they are about. */
    private <T> T at(String path, Table table, Verb verb, Step<T> step) {
        try {
            return step.run();
        } catch (SQLException e) {
            RuntimeException told = new FaultMessages(database).ofWrite(e, table, verb);
            throw told instanceof ApiException known ? under(path, known) : told;
        } catch (ApiException e) {
            throw under(path, e);
        }
    }

    private static ApiException under(String path, ApiException e) {
        ApiError inner = e.error();
        return new ApiException(
                new ApiError(inner.status(), inner.code(), path + ": " + inner.message(), inner.context()),
                e.headers(),
                e);
    }

    private static String path(String above, NestedTable.Link link, int index) {
        String name = above.isEmpty()
                ? link.relation().name()
                : above + "." + link.relation().name();
        return link.parent() || link.relation().type().equals("has_one") ? name : name + "[" + index + "]";
    }

    /** Writes what the record points at; the record with the keys of those. */
    Map<?, ?> parents(Connection connection, NestedTable node, Map<?, ?> record) {
        return parents(connection, node, record, "");
    }

    private Map<?, ?> parents(Connection connection, NestedTable node, Map<?, ?> record, String above) {
        Map<?, ?> pointing = record;
        for (NestedTable.Link link : node.used(record)) {
            List<Map<?, ?>> given =
                    link.records(NestedTable.value(record, link.relation().name()));
            if (link.parent() && !given.isEmpty()) {
                String path = path(above, link, 0);
                Key parent = save(connection, link.target(), given.getFirst(), path);
                Object value = at(
                        path,
                        link.target().table(),
                        change,
                        () -> value(connection, link.target(), parent, link.remote()));
                pointing = NestedTable.with(pointing, link.local(), value);
            }
        }
        return pointing;
    }

    /** Writes what points at the record. */
    void children(Connection connection, NestedTable node, Optional<Key> key, Map<?, ?> record) throws SQLException {
        boolean any = node.used(record).stream().anyMatch(link -> !link.parent());
        if (any && (key.isEmpty() || !node.keys().unique())) {
            throw ApiException.badRequest(
                    "Table '" + node.table().name()
                            + "' has no primary key, and id_field names no unique field, so that no records can be linked to its records.");
        }
        if (any) {
            children(connection, node, key.get(), record, "");
        }
    }

    private void children(Connection connection, NestedTable node, Key key, Map<?, ?> record, String above)
            throws SQLException {
        for (NestedTable.Link link : node.used(record)) {
            if (link.parent()) {
                continue;
            }
            Object value = value(connection, node, key, link.local());
            List<Map<?, ?>> given =
                    link.records(NestedTable.value(record, link.relation().name()));
            for (int i = 0; i < given.size(); i++) {
                String path = path(above, link, i);
                if (link.through().isPresent()) {
                    throughJunction(connection, link, link.through().get(), value, given.get(i), path);
                } else {
                    child(connection, link, value, given.get(i), path);
                }
            }
        }
    }

    private void child(Connection connection, NestedTable.Link link, Object parent, Map<?, ?> given, String path) {
        NestedTable target = link.target();
        Map<?, ?> linked = NestedTable.with(given, link.remote(), parent);
        Optional<Key> key = at(path, target.table(), change, () -> target.keys().ofRecord(linked));
        if (key.isPresent() && NestedTable.saysNull(given, link.remote().name())) {
            release(connection, link, key.get(), parent, path);
        } else {
            save(connection, target, linked, path);
        }
    }

    /** The record is created when it has no key, or one that the database does not make and does not know; else changed. */
    private Key save(Connection connection, NestedTable node, Map<?, ?> given, String path) {
        Map<?, ?> record = parents(connection, node, given, path);
        Key key = at(path, node.table(), change, () -> {
            Optional<Key> named = node.keys().required().ofRecord(record);
            Optional<Key> known = named.isPresent() ? changed(connection, node, named.get(), record) : Optional.empty();
            if (known.isEmpty() && named.isPresent() && node.makesKeys()) {
                throw KeyColumns.notFound(named.get());
            }
            return known.isPresent() ? known.get() : created(connection, node, record);
        });
        childrenOf(connection, node, key, record, path);
        return key;
    }

    private void childrenOf(Connection connection, NestedTable node, Key key, Map<?, ?> record, String path) {
        try {
            children(connection, node, key, record, path);
        } catch (SQLException e) {
            throw new FaultMessages(database).ofWrite(e, node.table(), change);
        }
    }

    /** A record that is named and given no values is only linked: it has to be one that the caller may read. */
    private Optional<Key> changed(Connection connection, NestedTable node, Key key, Map<?, ?> record)
            throws SQLException {
        Assignments values =
                Assignments.changes(record, node.table(), node.keys().columns());
        Verb verb = values.values().isEmpty() ? Verb.GET : change;
        return writer(node, verb).update(connection, key, values);
    }

    private Key created(Connection connection, NestedTable node, Map<?, ?> record) throws SQLException {
        Projection identity = new Fields(node.table(), database.dialect()).identifying();
        return writer(node, Verb.POST)
                .insert(connection, Assignments.create(record, node.keys(), 0), identity)
                .key()
                .orElseThrow(() -> ApiException.badRequest("The key of the new record is not known; table '"
                        + node.table().name() + "' needs a primary key."));
    }

    private RecordWriter writer(NestedTable node, Verb verb) {
        relations.requireRight(verb, node.table());
        return writer(node.table(), node.keys(), verb);
    }

    private RecordWriter writer(Table table, KeyColumns keys, Verb verb) {
        return new RecordWriter(
                records(table, keys, verb),
                relations.rows(verb, table),
                relations.request().caller());
    }

    private Records records(Table table, KeyColumns keys, Verb verb) {
        return new Records(database.dialect(), table, keys, relations.rule(verb, table));
    }

    /** A child of this parent is let go: its reference becomes null, or it is deleted. */
    private void release(Connection connection, NestedTable.Link link, Key key, Object parent, String path) {
        Table table = link.target().table();
        Verb verb = mayDelete ? Verb.DELETE : change;
        at(path, table, verb, () -> {
            relations.requireRight(verb, table);
            Records records = records(table, link.target().keys(), verb);
            KeyColumns reference = new KeyColumns(table, List.of(link.remote()));
            Sql both = records.keys().is(key).add(" AND ").add(reference.is(reference.read(parent)));
            int touched = mayDelete
                    ? records.delete(connection, records.conditions(both))
                    : records.update(connection, unlinked(link.remote()), records.conditions(both));
            if (touched == 0) {
                throw KeyColumns.notFound(key);
            }
            return touched;
        });
    }

    private static Assignments unlinked(Column reference) {
        if (!reference.nullable()) {
            throw ApiException.badRequest("Field '" + reference.name()
                    + "' can not be NULL, so this record can not be let go; allow_related_delete=true deletes it.");
        }
        Map<Column, @Nullable Object> values = new LinkedHashMap<>();
        values.put(reference, null);
        return new Assignments(values);
    }

    private void throughJunction(
            Connection connection,
            NestedTable.Link link,
            Branch.Through junction,
            Object parent,
            Map<?, ?> given,
            String path) {
        Table target = link.target().table();
        boolean unlink = target.column(junction.near().name()).isEmpty()
                && NestedTable.saysNull(given, junction.near().name());
        Key key = unlink
                ? at(path, target, change, () -> link.target().keys().read(given))
                : save(connection, link.target(), given, path);
        Verb verb = unlink ? Verb.DELETE : Verb.POST;
        at(path, junction.table(), verb, () -> {
            KeyColumns pair = new KeyColumns(junction.table(), List.of(junction.near(), junction.far()));
            Key both = pair.read(List.of(parent, value(connection, link.target(), key, link.remote())));
            return unlink ? unlink(connection, pair, both) : link(connection, pair, both);
        });
    }

    private boolean link(Connection connection, KeyColumns pair, Key both) throws SQLException {
        Records all = new Records(database.dialect(), pair.table(), pair, Optional.empty());
        if (all.visible(connection, List.of(both)) > 0) {
            return false;
        }
        relations.requireRight(Verb.POST, pair.table());
        writer(pair.table(), pair, Verb.POST)
                .insert(
                        connection,
                        Assignments.create(pair.row(both), pair, 0),
                        new Fields(pair.table(), database.dialect()).columns(pair.columns()));
        return true;
    }

    private boolean unlink(Connection connection, KeyColumns pair, Key both) throws SQLException {
        relations.requireRight(Verb.DELETE, pair.table());
        Records links = records(pair.table(), pair, Verb.DELETE);
        return links.delete(connection, links.conditions(pair.is(both))) > 0;
    }

    /** What a column of a record holds that was just written. */
    private Object value(Connection connection, NestedTable node, Key key, Column column) throws SQLException {
        int place = node.keys().columns().indexOf(column);
        if (place >= 0) {
            return key.values().get(place);
        }
        Records all = new Records(database.dialect(), node.table(), node.keys(), Optional.empty());
        Optional<Row> row = all.find(connection, Projection.columns(List.of(column), database.dialect()), key);
        @Nullable Object value = row.map(found -> found.value(0)).orElse(null);
        if (value == null) {
            throw ApiException.badRequest("Field '" + column.name() + "' of table '"
                    + node.table().name() + "' has no value, so that no record can be linked by it.");
        }
        return value;
    }
}
