package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import io.sluice.api.filter.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Conditions on columns of related tables, such as {@code customer_by_customer_id.city = 'Oslo'}: they hold when one related
 * record that the caller may read fits. Inside EXISTS an unqualified name is the inner table's; the outer one is qualified.
 *
 * @param outer what names the table outside, ready for SQL
 */
record RelatedFilter(Relations relations, Table table, String outer, int depth, Map<String, ?> params) {
    private static final int MAX_DEPTH = 8;

    /** The condition on the related record; empty when the field's name begins with no relation. */
    Optional<Sql> of(String field, Filter condition) {
        return step(field)
                .filter(step -> !step.rest().isEmpty())
                .map(step -> exists(step.relation(), FilterFields.renamed(condition, step.rest())));
    }

    private Optional<Relations.Step> step(String field) {
        Optional<Relations.Step> named = relations.leading(table, field);
        if (named.isPresent()) {
            return named;
        }
        List<Relations.Step> found = relations.toTable(table, field);
        if (found.size() > 1) {
            String names =
                    found.stream().map(step -> step.relation().name()).sorted().collect(Collectors.joining(", "));
            throw ApiException.badRequest("Invalid or unparsable field in filter request: '" + field
                    + "'. Several relations go there; name one of them: " + names + ".");
        }
        return found.stream().findFirst();
    }

    private Sql exists(Relation relation, Filter condition) {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("The filter follows relations deeper than " + MAX_DEPTH + " levels.");
        }
        Table target = relations.requireReadable(relation);
        Column local = RelatedPlan.column(table, relation.field());
        return relation.junction() == null
                ? inner(target, relation.refField(), local, outer, condition, depth)
                : through(relation, relation.junction(), target, local, condition);
    }

    private Sql through(Relation relation, ForeignKey key, Table target, Column local, Filter condition) {
        Table junction = relations.database().schema().table(key.table());
        Column far = RelatedPlan.column(junction, String.valueOf(relation.junctionRefField()));
        Sql last = inner(target, relation.refField(), far, alias(depth), condition, depth + 1);
        return exists(junction, RelatedPlan.column(junction, key.column()), local, outer, last, depth);
    }

    private Sql inner(Table target, String remote, Column local, String from, Filter condition, int level) {
        RelatedFilter next = new RelatedFilter(relations, target, alias(level), level + 1, params);
        return exists(
                target,
                RelatedPlan.column(target, remote),
                local,
                from,
                new FilterSql(target, relations.database().dialect(), params, Optional.of(next)).of(condition),
                level);
    }

    private Sql exists(Table target, Column remote, Column local, String from, Sql condition, int level) {
        Sql sql = new Sql()
                .add("EXISTS (SELECT 1 FROM " + target.quoted() + " " + alias(level))
                .add(" WHERE " + alias(level) + "." + remote.quoted() + " = " + from + "." + local.quoted())
                .add(" AND ")
                .add(condition);
        relations.rule(Verb.GET, target).ifPresent(rule -> sql.add(" AND ").add(rule));
        return sql.add(")");
    }

    private String alias(int level) {
        return relations.database().dialect().quote("~" + level);
    }
}
