package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The relations between tables as one caller may use them. Asks the schema, so it is not for use while a connection is held. */
record Relations(Database database, ServiceRequest request) {

    /** A path that begins with a relation, and what follows its name; empty text for nothing. */
    record Step(Relation relation, String rest) {}

    /** A column hides a relation of the same name. */
    List<Relation> of(Table table) {
        return database.schema().relations(table).stream()
                .filter(relation -> table.column(relation.name()).isEmpty())
                .toList();
    }

    Optional<Relation> named(Table table, String name) {
        return of(table).stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The relation with which a dotted path begins. Names may hold dots themselves: the longest one wins. */
    Optional<Step> leading(Table table, String path) {
        return of(table).stream()
                .filter(relation -> leads(relation.name(), path))
                .max(Comparator.comparingInt(relation -> relation.name().length()))
                .map(relation -> step(relation, relation.name(), path));
    }

    /** The relations to the table whose name a dotted path begins with. */
    List<Step> toTable(Table table, String path) {
        return of(table).stream()
                .filter(relation -> leads(relation.refTable(), path))
                .map(relation -> step(relation, relation.refTable(), path))
                .toList();
    }

    private static boolean leads(String name, String path) {
        return path.regionMatches(true, 0, name, 0, name.length())
                && (path.length() == name.length() || path.charAt(name.length()) == '.');
    }

    private static Step step(Relation relation, String name, String path) {
        return new Step(relation, path.length() == name.length() ? "" : path.substring(name.length() + 1));
    }

    boolean may(Verb verb, String table) {
        return request.rights().may(verb, component(table));
    }

    /** The table, or the 403 that names it. */
    Table require(Verb verb, String name) {
        Table table = database.schema().table(name);
        requireRight(verb, table);
        return table;
    }

    void requireRight(Verb verb, Table table) {
        if (!may(verb, table.name())) {
            throw ApiException.forbidden("Access Forbidden. " + verb + " access to component '"
                    + component(table.name()) + "' of service '" + request.service()
                    + "' is not allowed by this user's role.");
        }
    }

    Optional<RowRule> rows(Verb verb, Table table) {
        return request.rights().rows(verb, component(table.name()));
    }

    /** The row rule for that verb as a condition on that table. */
    Optional<Sql> rule(Verb verb, Table table) {
        return rows(verb, table).flatMap(rule -> new RuleSql(table, database.dialect()).of(rule));
    }

    private static String component(String table) {
        return "_table/" + table;
    }
}
