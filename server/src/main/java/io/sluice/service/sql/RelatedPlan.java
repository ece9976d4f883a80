package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads {@code related} and the options of each relation. Confined to one call. */
final class RelatedPlan {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_RELATIONS = 64;
    private static final Set<String> OPTIONS = Set.of("fields", "order", "limit", "group");

    private final Relations relations;
    private final Parameters options;
    private int followed;

    RelatedPlan(Relations relations, Parameters options) {
        this.relations = relations;
        this.options = options;
    }

    /** {@code orders_by_customer_id.limit}, {@code orders_by_customer_id_limit}. */
    static boolean isOption(String name) {
        int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf('_'));
        return dot > 0 && OPTIONS.contains(name.substring(dot + 1));
    }

    /** {@code always}: relations that are set up so are followed without being named. */
    List<Branch> branches(Table table, boolean always) {
        Optional<String> related = options.text("related");
        Map<Relation, List<String>> wanted = related.isPresent()
                ? wanted(table, List.of(Fields.parts("related", related.get())))
                : new LinkedHashMap<>();
        if (always) {
            relations.of(table).stream()
                    .filter(relation -> relation.alwaysFetch() && relations.mayRead(relation))
                    .forEach(relation -> wanted.putIfAbsent(relation, List.of()));
        }
        return branches(table, wanted, "", 1);
    }

    /** Each relation named, with what is to be followed behind it. Unknown names are passed over. */
    private Map<Relation, List<String>> wanted(Table table, List<String> paths) {
        Map<Relation, List<String>> wanted = new LinkedHashMap<>();
        for (String given : paths) {
            String path = given.strip();
            for (Relations.Step step : steps(table, path)) {
                List<String> behind = wanted.computeIfAbsent(step.relation(), relation -> new ArrayList<>());
                if (!step.rest().isEmpty()) {
                    behind.add(step.rest());
                }
            }
        }
        return wanted;
    }

    /** {@code *} is all that the caller may read. */
    private List<Relations.Step> steps(Table table, String path) {
        if (!path.equals("*") && !path.startsWith("*.")) {
            return relations.leading(table, path).stream().toList();
        }
        String rest = path.length() > 2 ? path.substring(2) : "";
        return relations.of(table).stream()
                .filter(relations::mayRead)
                .map(relation -> new Relations.Step(relation, rest))
                .toList();
    }

    private List<Branch> branches(Table table, Map<Relation, List<String>> wanted, String prefix, int depth) {
        followed += wanted.size();
        if (depth > MAX_DEPTH && !wanted.isEmpty() || followed > MAX_RELATIONS) {
            throw ApiException.badRequest("'related' follows relations deeper than " + MAX_DEPTH
                    + " levels or more than " + MAX_RELATIONS + " of them.");
        }
        return wanted.entrySet().stream()
                .map(each -> branch(
                        table,
                        each.getKey(),
                        each.getValue(),
                        prefix + each.getKey().name(),
                        depth))
                .toList();
    }

    private Branch branch(Table table, Relation relation, List<String> behind, String path, int depth) {
        Table target = relations.requireReadable(relation);
        Fields fields = new Fields(target, relations.database().dialect());
        Projection visible = fields.of(option(path, "fields").orElse("*"));
        Shown shown = Shown.of(
                visible,
                branches(target, wanted(target, behind), path + ".", depth + 1),
                relations.database().dialect());
        refuseGroup(path);
        return new Branch(
                relations.database().dialect(),
                relation,
                column(table, relation.field()),
                target,
                column(target, relation.refField()),
                through(relations, relation),
                relations.rule(Verb.GET, target),
                shown,
                order(relation, path, fields, visible, target),
                limit(path));
    }

    static Optional<Branch.Through> through(Relations relations, Relation relation) {
        if (relation.junction() == null || relation.junctionRefField() == null) {
            return Optional.empty();
        }
        Table junction = relations.database().schema().table(relation.junction().table());
        return Optional.of(new Branch.Through(
                junction,
                column(junction, relation.junction().column()),
                column(junction, relation.junctionRefField()),
                relations.rule(Verb.GET, junction)));
    }

    static Column column(Table table, String name) {
        return table.column(name)
                .orElseThrow(() -> ApiException.badRequest("A relation names the field '" + name + "', which table '"
                        + table.name() + "' does not have."));
    }

    /** Lists come in the order of their keys when none is asked for. */
    private String order(Relation relation, String path, Fields fields, Projection visible, Table target) {
        Optional<String> asked = option(path, "order").map(text -> fields.order(text, visible));
        return asked.orElseGet(
                () -> relation.type().equals("belongs_to") ? "" : Fields.quotedList(target.primaryKey()));
    }

    /** As for tables, a limit below one is none. */
    private long limit(String path) {
        OptionalLong dotted = options.number(path + ".limit", path + "_limit");
        return dotted.isPresent() ? Math.clamp(dotted.getAsLong(), 0, Integer.MAX_VALUE) : 0;
    }

    private void refuseGroup(String path) {
        if (option(path, "group").isPresent()) {
            throw ApiException.badRequest(
                    "'" + path + ".group' is not supported; read the table itself to group its records.");
        }
    }

    private Optional<String> option(String path, String name) {
        return options.text(path + "." + name, path + "_" + name);
    }
}
