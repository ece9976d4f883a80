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

    private boolean may(Verb verb, TableName table) {
        return request.rights().may(verb, component(table.api())) && Access.byRealName(request, verb, "_table/", table);
    }

    /** Whether the caller may read what that relation leads to, and the table between. */
    boolean mayRead(Relation relation) {
        return mayRead(relation.refTable())
                && (relation.junction() == null || mayRead(relation.junction().table()));
    }

    private boolean mayRead(String table) {
        return database.schema().find(table).filter(id -> may(Verb.GET, id)).isPresent();
    }

    /** The table that the relation leads to, or the 403 that names the table which the caller may not read. */
    Table requireReadable(Relation relation) {
        Table target = require(Verb.GET, relation.refTable());
        if (relation.junction() != null) {
            require(Verb.GET, relation.junction().table());
        }
        return target;
    }

    /** The table, or the 403 that names it. */
    Table require(Verb verb, String name) {
        Table table = database.schema().table(name);
        requireRight(verb, table);
        return table;
    }

    void requireRight(Verb verb, Table table) {
        if (!may(verb, table.id())) {
            throw ApiException.forbidden("Access Forbidden. " + verb + " access to component '"
                    + component(table.name()) + "' of service '" + request.service()
                    + "' is not allowed by this user's role.");
        }
    }

    Optional<RowRule> rows(Verb verb, Table table) {
        return request.rights().rows(verb, component(table.name()));
    }

    /** The row rule for that verb as a condition on that table. An alias does not shed the rule of the table's own name. */
    Optional<Sql> rule(Verb verb, Table table) {
        RuleSql rules = new RuleSql(table, database.dialect());
        Optional<Sql> rule = rows(verb, table).flatMap(rules::of);
        String real = component(table.id().real());
        if (table.id().sameName() || !request.rights().names(real)) {
            return rule;
        }
        Optional<Sql> own = request.rights().rows(verb, real).flatMap(rules::of);
        return rule.isPresent() && own.isPresent()
                ? Optional.of(new Sql().add(rule.get()).add(" AND ").add(own.get()))
                : rule.or(() -> own);
    }

    private static String component(String table) {
        return "_table/" + table;
    }
}
