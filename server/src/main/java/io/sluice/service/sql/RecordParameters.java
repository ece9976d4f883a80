package io.sluice.service.sql;

import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import java.util.List;

/** The query parameters of records, as their documentation tells them. */
final class RecordParameters {
    private static final Parameter FIELDS = Parameter.query(
            "fields",
            Shape.TEXT,
            "Comma list of the fields to answer with; * for all. Reads give all when it is left out, writes the primary key only."
                    + " Also: select.");
    private static final Parameter RELATED = Parameter.query(
            "related",
            Shape.TEXT,
            "Comma list of relations to fetch with each record, also a.b for those of related records; * for all. {relation}.fields, {relation}.order and"
                    + " {relation}.limit choose among related records.");
    private static final Parameter FILTER = Parameter.query(
                    "filter",
                    Shape.TEXT,
                    "Which records: field, operator, value, joined by AND, OR and NOT, parentheses around each. Operators: = != > >="
                            + " < <= LIKE, IN, NOT IN, BETWEEN, CONTAINS, STARTS WITH, ENDS WITH, IS NULL, IS NOT NULL."
                            + " Also: where.")
            .such("(id > 10) and (id < 20)");
    private static final Parameter IDS =
            Parameter.query("ids", Shape.TEXT, "Comma list of identifiers: these records, in this order.");
    private static final Parameter ID_FIELD = Parameter.query(
            "id_field",
            Shape.TEXT,
            "The field, or comma list of fields, that identifies a record; the primary key by default.");
    private static final Parameter CONTINUE = Parameter.query(
            "continue", Shape.FLAG, "Go on after a record that failed. Each record is a transaction. Default: false.");
    private static final Parameter ROLLBACK = Parameter.query(
            "rollback", Shape.FLAG, "All records in one transaction: the first failure undoes all. Default: false.");
    private static final Parameter FORCE = Parameter.query(
            "force",
            Shape.FLAG,
            "Delete every record when neither ids nor filter nor a body say which. Default: false.");

    private static final Parameter DELETE_RELATED = Parameter.query(
            "allow_related_delete",
            Shape.FLAG,
            "A related record whose link is set to null is deleted, where it would be let go. Default: false.");

    private RecordParameters() {}

    static List<Parameter> list() {
        return List.of(
                FIELDS,
                FILTER,
                Parameter.query(
                        "limit",
                        Shape.WHOLE,
                        "Records at most; the most that the service gives (max_records, 1000 unless set) when left out, below"
                                + " 1 or above that. Also: top."),
                Parameter.query("offset", Shape.WHOLE, "Records to leave out at the front. Default: 0. Also: skip."),
                Parameter.query(
                                "order",
                                Shape.TEXT,
                                "Comma list of fields, each followed by asc (default) or desc. Also: sort, order_by.")
                        .such("id desc"),
                Parameter.query(
                        "group",
                        Shape.TEXT,
                        "Comma list of fields to group by; fields may then hold SUM(f), COUNT(f), COUNT(*), AVG, MIN, MAX."),
                Parameter.query("distinct", Shape.FLAG, "Each combination of the fields once. Default: false."),
                RELATED,
                IDS,
                ID_FIELD,
                Parameter.query(
                        "include_count", Shape.FLAG, "Tell in meta.count how many records fit. Default: false."),
                Parameter.query("include_schema", Shape.FLAG, "Tell the table in meta.schema. Default: false."),
                Parameter.query(
                        "count_only", Shape.FLAG, "Answer with the number of records that fit, alone. Default: false."),
                Parameter.query("as_list", Shape.FLAG, "Answer with identifiers in place of records. Default: false."),
                CONTINUE);
    }

    static List<Parameter> one() {
        return List.of(FIELDS, RELATED, ID_FIELD);
    }

    static List<Parameter> create() {
        return List.of(
                FIELDS,
                RELATED,
                CONTINUE,
                ROLLBACK,
                Parameter.header(
                        "Idempotency-Key",
                        "Any text of the caller's own. A call that is repeated with the same key and body is done once; the"
                                + " repetition gets the first answer."));
    }

    static List<Parameter> change() {
        return List.of(FIELDS, RELATED, FILTER, IDS, ID_FIELD, CONTINUE, ROLLBACK, DELETE_RELATED);
    }

    static List<Parameter> delete() {
        return List.of(FIELDS, RELATED, FILTER, IDS, ID_FIELD, CONTINUE, ROLLBACK, FORCE);
    }
}
