package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table whose records carry related records, with the tables of those; made from the records of a call before a connection
 * is held. Immutable.
 *
 * @param links by the relation's name in lower case
 */
record NestedTable(Table table, KeyColumns keys, Map<String, Link> links) {
    private static final int MAX_DEPTH = 8;

    /**
     * A relation under which records of the table carry others.
     *
     * @param local the column of this table, and {@code remote} the one of the other, that the relation joins
     * @param through the table between, for {@code many_many}
     */
    record Link(Relation relation, Column local, Column remote, NestedTable target, Optional<Branch.Through> through) {

        /** The other record comes first, and this one points at it. */
        boolean parent() {
            return relation.type().equals("belongs_to");
        }

        /** The records that stand there; one may stand without a list around it. */
        List<Map<?, ?>> records(@Nullable Object given) {
            return listed(relation.name(), given);
        }
    }

    static NestedTable of(Relations relations, KeyColumns keys, List<Map<?, ?>> records) {
        return of(relations, keys, records, 1);
    }

    private static NestedTable of(Relations relations, KeyColumns keys, List<Map<?, ?>> records, int depth) {
        Map<String, List<Map<?, ?>>> carried = new LinkedHashMap<>();
        for (Map<?, ?> record : records) {
            record.forEach((name, value) -> {
                if ((value instanceof Map || value instanceof List)
                        && keys.table().column(String.valueOf(name)).isEmpty()) {
                    carried.computeIfAbsent(lower(name), each -> new ArrayList<>());
                }
            });
        }
        Map<String, Link> links = new LinkedHashMap<>();
        for (String name : carried.keySet()) {
            relations
                    .named(keys.table(), name)
                    .ifPresent(relation -> links.put(name, link(relations, keys.table(), relation, records, depth)));
        }
        return new NestedTable(keys.table(), keys, links);
    }

    private static Link link(Relations relations, Table table, Relation relation, List<Map<?, ?>> records, int depth) {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("Records hold related records deeper than " + MAX_DEPTH + " levels.");
        }
        Table target = relations.database().schema().table(relation.refTable());
        // What a message about a failure may need is read while no connection is held.
        new FaultMessages(relations.database()).prepare(target, Verb.DELETE);
        List<Map<?, ?>> inner = records.stream()
                .flatMap(record -> listed(relation.name(), value(record, relation.name())).stream())
                .toList();
        return new Link(
                relation,
                RelatedPlan.column(table, relation.field()),
                RelatedPlan.column(target, relation.refField()),
                of(relations, new KeyColumns(target, target.primaryKey()), inner, depth + 1),
                RelatedPlan.through(relations, relation));
    }

    private static List<Map<?, ?>> listed(String relation, @Nullable Object given) {
        return switch (given) {
            case null -> List.of();
            case Map<?, ?> one -> List.of(one);
            case List<?> list ->
                list.stream().<Map<?, ?>>map(each -> record(relation, each)).toList();
            default -> throw noRecord(relation);
        };
    }

    private static Map<?, ?> record(String relation, @Nullable Object given) {
        if (given instanceof Map<?, ?> record) {
            return record;
        }
        throw noRecord(relation);
    }

    private static ApiException noRecord(String relation) {
        return ApiException.badRequest("'" + relation + "' must be a record or a list of records.");
    }

    private static String lower(@Nullable Object name) {
        return String.valueOf(name).toLowerCase(Locale.ROOT);
    }

    /** The value under that name in any case. */
    static @Nullable Object value(Map<?, ?> record, String name) {
        for (Map.Entry<?, ?> entry : record.entrySet()) {
            if (name.equalsIgnoreCase(String.valueOf(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** The record says that this field is null. */
    static boolean saysNull(Map<?, ?> record, String name) {
        return record.entrySet().stream()
                .anyMatch(entry -> entry.getValue() == null && name.equalsIgnoreCase(String.valueOf(entry.getKey())));
    }

    /** The record with that field set. */
    static Map<?, ?> with(Map<?, ?> record, Column column, Object value) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(record);
        copy.keySet().removeIf(name -> column.name().equalsIgnoreCase(String.valueOf(name)));
        copy.put(column.name(), value);
        return copy;
    }

    boolean nested() {
        return !links.isEmpty();
    }

    /** The relations that this one record uses. */
    List<Link> used(Map<?, ?> record) {
        return links.isEmpty()
                ? List.of()
                : links.values().stream()
                        .filter(link -> value(record, link.relation().name()) != null)
                        .toList();
    }

    /** The database makes the keys up, so that a key which is not there is a mistake. */
    boolean makesKeys() {
        return keys.columns().stream().anyMatch(Column::autoIncrement);
    }
}
