package io.sluice.access;

import static io.sluice.store.Table.Kind.FLAG;
import static io.sluice.store.Table.Kind.JSON;
import static io.sluice.store.Table.Kind.NUMBER;
import static io.sluice.store.Table.Kind.TEXT;

import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Roles and what they allow. */
final class Roles {
    static final Table TABLE =
            new Table("role", Stamps.after(Table.columns(TEXT, "name description"), Table.columns(FLAG, "is_active")));
    static final Table ACCESS = new Table(
            "role_service_access",
            Stamps.after(
                    Table.columns(NUMBER, "role_id service_id"),
                    Table.columns(TEXT, "component"),
                    Table.columns(NUMBER, "verb_mask requestor_mask"),
                    Table.columns(JSON, "filters"),
                    Table.columns(TEXT, "filter_op")));

    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("name", 64).asRequired(),
            RecordForm.Field.text("description", 0),
            RecordForm.Field.flag("is_active", true));
    private static final RecordForm ACCESS_FORM = RecordForm.of(
            RecordForm.Field.number("role_id"),
            RecordForm.Field.number("service_id"),
            RecordForm.Field.text("component", 255),
            RecordForm.Field.number("verb_mask").or(0L),
            RecordForm.Field.number("requestor_mask").or(1L),
            RecordForm.Field.any("filters").or(List.of()),
            RecordForm.Field.text("filter_op", 0).or("AND"));
    private static final Set<String> OPERATORS = Set.of(
            "=",
            "!=",
            ">",
            ">=",
            "<",
            "<=",
            "in",
            "not in",
            "starts with",
            "ends with",
            "contains",
            "is null",
            "is not null");

    private Roles() {}

    static Family family(Stamps stamps, Consumer<Tx> changed) {
        return new Family(
                "role",
                TABLE,
                "",
                FORM,
                (tx, row, given, before, problems) -> Family.unique(tx, TABLE, "name", row, before, problems),
                List.of(
                        new Children(
                                "role_service_access_by_role_id", ACCESS, "role_id", ACCESS_FORM, Roles::check, stamps),
                        Assignments.of("user_to_app_to_role_by_role_id", "role_id", stamps)),
                Map.of("app_by_role_id", (tx, role) -> Apps.TABLE.list(tx, "role_id = ?", role.get("id"))),
                stamps,
                changed);
    }

    private static void check(Tx tx, Map<String, @Nullable Object> entry, Problems problems) {
        Assignments.exists(tx, TABLE, entry, "role_id", problems);
        mask(entry, "verb_mask", 31, problems);
        mask(entry, "requestor_mask", 3, problems);
        String op = String.valueOf(entry.get("filter_op")).toUpperCase(Locale.ROOT);
        entry.put("filter_op", op);
        if (!op.equals("AND") && !op.equals("OR")) {
            problems.add("filter_op", "The filter_op field must be AND or OR.");
        }
        if (!(entry.get("filters") instanceof List<?> filters)
                || !filters.stream().allMatch(Roles::isFilter)) {
            problems.add(
                    "filters",
                    "The filters field must be a list of {\"name\", \"operator\", \"value\"}; operators are "
                            + OPERATORS.stream().sorted().toList() + ".");
        }
    }

    private static void mask(Map<String, @Nullable Object> entry, String name, long all, Problems problems) {
        if (!(entry.get(name) instanceof Number mask) || mask.longValue() < 0 || mask.longValue() > all) {
            problems.add(name, "The " + name + " field must be a mask from 0 to " + all + ".");
        }
    }

    private static boolean isFilter(@Nullable Object filter) {
        return filter instanceof Map<?, ?> map
                && map.get("name") instanceof String name
                && !name.isBlank()
                && map.get("operator") instanceof String operator
                && OPERATORS.contains(operator(operator));
    }

    /** An operator as row rules spell it. */
    static String operator(String written) {
        return written.trim().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    /** The roles with their rows, by id. */
    static Map<Long, RoleRules> rules(Tx tx) {
        Map<Long, RoleRules> byId = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> role : TABLE.list(tx, "")) {
            Long id = (Long) role.get("id");
            if (id != null) {
                byId.put(id, RoleRules.of(role, ACCESS.list(tx, "role_id = ?", id)));
            }
        }
        return byId;
    }

    /** Takes out every row about a service that is gone. */
    static void forgetService(Tx tx, long serviceId) {
        tx.update("delete from role_service_access where service_id = ?", serviceId);
    }
}
