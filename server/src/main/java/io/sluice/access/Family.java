package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One family of records over one table.
 *
 * @param where SQL that picks the family out of its table; empty for the whole table
 * @param children relations that are written with their record
 * @param others relations that are only read
 * @param changed called in each transaction that changes something
 */
record Family(
        String name,
        Table table,
        String where,
        RecordForm form,
        Rules rules,
        List<Children> children,
        Map<String, Relation> others,
        Stamps stamps,
        Consumer<Tx> changed)
        implements Records {

    /** A relation that is only read. */
    interface Relation {
        @Nullable
        Object of(Tx tx, Map<String, @Nullable Object> record);
    }

    /** What is special about a family. */
    interface Rules {
        /**
         * Completes and checks the columns that are about to be written.
         *
         * @param row may be changed
         * @param before the stored row, empty when one is made
         */
        void complete(
                Tx tx,
                Map<String, @Nullable Object> row,
                Map<String, @Nullable Object> given,
                Optional<Map<String, @Nullable Object>> before,
                Problems problems);

        /** The stored row as callers see it. */
        default Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
            return row;
        }

        /** Refuses by an exception. */
        default void deleting(Map<String, @Nullable Object> row, Caller caller) {}
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return table.list(tx, where).stream().map(rules::shown).toList();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> byId(Tx tx, long id) {
        return stored(tx, id).map(rules::shown);
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = form.forCreate(record, problems);
        rules.complete(tx, row, record, Optional.empty(), problems);
        problems.throwIfAny();
        row.putAll(stamps.made(caller));
        long id = table.insert(tx, row);
        return saved(tx, id, record, caller);
    }

    @Override
    public Map<String, @Nullable Object> update(Tx tx, long id, Map<String, @Nullable Object> changes, Caller caller) {
        Map<String, @Nullable Object> before = stored(tx, id).orElseThrow(() -> missing(id));
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = form.forUpdate(changes, problems);
        rules.complete(tx, row, changes, Optional.of(before), problems);
        problems.throwIfAny();
        row.putAll(stamps.changed(caller));
        table.update(tx, id, row);
        return saved(tx, id, changes, caller);
    }

    private Map<String, @Nullable Object> saved(Tx tx, long id, Map<String, @Nullable Object> given, Caller caller) {
        children.forEach(child -> child.save(tx, id, given.get(child.relation()), caller));
        changed.accept(tx);
        return byId(tx, id).orElseThrow(() -> missing(id));
    }

    @Override
    public void delete(Tx tx, long id, Caller caller) {
        rules.deleting(stored(tx, id).orElseThrow(() -> missing(id)), caller);
        table.delete(tx, id);
        changed.accept(tx);
    }

    @Override
    public List<String> relations() {
        List<String> names =
                new ArrayList<>(children.stream().map(Children::relation).toList());
        names.addAll(others.keySet());
        return names;
    }

    @Override
    public @Nullable Object related(Tx tx, String relation, Map<String, @Nullable Object> record) {
        for (Children child : children) {
            if (child.relation().equals(relation)) {
                return child.of(tx, key(Objects.requireNonNull(record.get("id"))));
            }
        }
        return Objects.requireNonNull(others.get(relation)).of(tx, record);
    }

    private Optional<Map<String, @Nullable Object>> stored(Tx tx, long id) {
        return where.isEmpty() ? table.byId(tx, id) : table.one(tx, "id = ? and " + where, id);
    }

    static ApiException missing(Object id) {
        return ApiException.notFound("Record with identifier '" + id + "' not found.");
    }

    /** The id of a stored record. */
    static long id(Map<String, @Nullable Object> record) {
        return (Long) Objects.requireNonNull(record.get("id"));
    }

    /** An id as a number; -1, which no record has, for anything else. */
    static long key(Object id) {
        try {
            return new BigInteger(id.toString().trim()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return -1;
        }
    }

    /** Adds a problem when another row has that text in that column, in any case. */
    static void unique(
            Tx tx,
            Table table,
            String column,
            Map<String, @Nullable Object> row,
            Optional<Map<String, @Nullable Object>> before,
            Problems problems) {
        Object value = row.get(column);
        Object self = before.map(stored -> stored.get("id")).orElse(-1L);
        if (value != null && table.exists(tx, "lower(" + column + ") = lower(?) and id <> ?", value, self)) {
            problems.add(column, "The " + column + " has already been taken.");
        }
    }
}
