package io.sluice.access;

import io.sluice.api.Caller;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A family of records of this room, seen as maps by field name: flags are booleans, times {@code yyyy-MM-dd HH:mm:ss} in UTC,
 * secrets masked or left out. What follows from a change (caches) happens after the commit. Thread-safe.
 */
public interface Records {
    /** {@code role}, {@code app}, … */
    String name();

    /** All records in key order, without relations. */
    List<Map<String, @Nullable Object>> all(Tx tx);

    Optional<Map<String, @Nullable Object>> byId(Tx tx, long id);

    /** Makes a record with its nested relations; the record as stored. Bad input is a 400 that names the fields. */
    Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller);

    /** Changes the fields that are given, nested relations too; the record as stored. 404 when there is none. */
    Map<String, @Nullable Object> update(Tx tx, long id, Map<String, @Nullable Object> changes, Caller caller);

    /** 404 when there is none. */
    void delete(Tx tx, long id, Caller caller);

    /** The names of the relations. */
    List<String> relations();

    /** A relation of one record: a list, or a map or null where there can be only one. */
    @Nullable
    Object related(Tx tx, String relation, Map<String, @Nullable Object> record);
}
