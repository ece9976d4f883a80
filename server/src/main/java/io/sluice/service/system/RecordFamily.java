package io.sluice.service.system;

import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A family of records as the system API shows it; {@code RecordResource} adds lists, fields, filters, paging, ids and batches.
 * Records are maps by field name, as the API spells them: booleans are booleans, times {@code yyyy-MM-dd HH:mm:ss} in UTC.
 */
interface RecordFamily {
    /** The resource's name: {@code role}. */
    String name();

    /** The identifying field: {@code id}, a number, or {@code name} for event scripts. */
    default String key() {
        return "id";
    }

    /** All records, in key order, secrets masked, without relations. */
    List<Map<String, @Nullable Object>> all(Tx tx);

    /** The record of that key. */
    default Optional<Map<String, @Nullable Object>> one(Tx tx, Object key) {
        return all(tx).stream().filter(record -> key.equals(record.get(key()))).findFirst();
    }

    /** Makes a record with its nested relations; the record as stored. Bad input is an ApiException that names the field. */
    Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller);

    /** Fields that the answer to a {@link #create} tells whatever fields are asked for, since nothing tells them later. */
    default List<String> toldAtCreation() {
        return List.of();
    }

    /** Changes the fields that are given; the record as stored. A key that does not exist is a 404. */
    Map<String, @Nullable Object> update(Tx tx, Object key, Map<String, @Nullable Object> changes, Caller caller);

    /** A key that does not exist is a 404. */
    void delete(Tx tx, Object key, Caller caller);

    /** The changes of an update, with what query parameters of this family's own add to them. */
    default Map<String, @Nullable Object> prepared(Map<String, @Nullable Object> changes, Parameters parameters) {
        return changes;
    }

    /** The names of the relations that {@code related=} may ask for. */
    default List<String> relations() {
        return List.of();
    }

    /** The value of a relation for one record. */
    default @Nullable Object related(Tx tx, String relation, Map<String, @Nullable Object> record) {
        throw new IllegalArgumentException(relation);
    }
}
