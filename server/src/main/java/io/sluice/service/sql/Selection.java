package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a page: what is read, from which records, in which order.
 *
 * @param shown what is read of each record
 * @param page the query for the page
 */
record Selection(Shown shown, Sql page, Counting counting) {

    static Selection of(TableCall call) {
        Fields fields = call.fields();
        List<Column> group =
                call.options().text("group", "group_by").map(fields::group).orElse(List.of());
        Projection projection = projection(call, fields, group);
        boolean distinct = call.options().flag("distinct");
        Shown shown = shown(call, projection, group, distinct);
        List<Sql> conditions = call.conditions();
        Counting counting =
                Counting.of(call.options(), call.most(shown), count(call, projection, conditions, group, distinct));
        Sql page = select(call, shown.read(), conditions, group, distinct);
        Optional<String> order = call.options()
                .text("order", "sort", "order_by")
                .map(text -> fields.order(text, projection))
                .filter(text -> !text.isEmpty());
        order.ifPresent(text -> page.add(" ORDER BY ").add(text));
        cut(call.database().dialect().paging(), order.isPresent(), distinct, counting, page);
        return new Selection(shown, page, counting);
    }

    private static void cut(Dialect.Paging paging, boolean ordered, boolean distinct, Counting counting, Sql page) {
        switch (paging) {
            case LIMIT -> limit(counting, page);
            case FETCH -> fetch(counting, page);
            case FETCH_AFTER_ORDER -> {
                // Any order will do, but DISTINCT takes none that is not among its outputs.
                page.add(ordered ? "" : distinct ? " ORDER BY 1" : " ORDER BY (SELECT NULL)");
                fetch(counting, page);
            }
        }
    }

    private static void limit(Counting counting, Sql page) {
        page.add(" LIMIT ").value(counting.limit());
        // Most calls have none, and a text without it is one statement more to keep prepared, no more.
        if (counting.offset() > 0) {
            page.add(" OFFSET ").value(counting.offset());
        }
    }

    private static void fetch(Counting counting, Sql page) {
        page.add(" OFFSET ")
                .value(counting.offset())
                .add(" ROWS FETCH NEXT ")
                .value(counting.limit())
                .add(" ROWS ONLY");
    }

    private static Projection projection(TableCall call, Fields fields, List<Column> group) {
        if (call.options().flag("as_list")) {
            return fields.columns(call.keys().required().columns());
        }
        String text = call.fieldsText("*");
        return group.isEmpty() ? fields.of(text) : fields.grouped(text.isBlank() ? "*" : text, group);
    }

    private static Shown shown(TableCall call, Projection projection, List<Column> group, boolean distinct) {
        boolean list = call.options().flag("as_list") || call.options().flag("count_only");
        if (list || !group.isEmpty()) {
            refuseRelated(call, !group.isEmpty(), "group");
            return call.without(projection);
        }
        Shown shown = call.shown(projection);
        refuseRelated(call, distinct && shown.readsMore(), "distinct, unless 'fields' holds the fields that they need");
        return distinct && shown.readsMore() ? call.without(projection) : shown;
    }

    private static void refuseRelated(TableCall call, boolean refused, String with) {
        if (refused && call.options().has("related")) {
            throw ApiException.badRequest("Related records can not be read together with " + with + ".");
        }
    }

    private static Sql select(
            TableCall call, Projection projection, List<Sql> conditions, List<Column> group, boolean distinct) {
        Sql sql = new Sql()
                .add(distinct ? "SELECT DISTINCT " : "SELECT ")
                .add(projection.select())
                .add(" FROM ")
                .add(call.table().quoted())
                .where(conditions);
        return group.isEmpty() ? sql : sql.add(" GROUP BY ").add(Fields.quotedList(group));
    }

    /** Counts what the pages together hold: groups where there are groups. */
    private static Sql count(
            TableCall call, Projection projection, List<Sql> conditions, List<Column> group, boolean distinct) {
        if (group.isEmpty() && !distinct) {
            return new Sql()
                    .add("SELECT COUNT(*) FROM ")
                    .add(call.table().quoted())
                    .where(conditions);
        }
        return new Sql()
                .add("SELECT COUNT(*) FROM (")
                .add(select(call, projection, conditions, group, distinct))
                .add(") counted");
    }
}
