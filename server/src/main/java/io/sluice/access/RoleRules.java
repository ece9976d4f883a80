package io.sluice.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A role with everything that it allows. Immutable. The rules are those of rest-api.md 4.8 and 4.11. */
record RoleRules(long id, String name, boolean active, List<Row> rows) {
    RoleRules {
        rows = List.copyOf(rows);
    }

    /**
     * One row of a role.
     *
     * @param service empty for all services
     * @param component lower case, no slash at its ends
     */
    record Row(
            OptionalLong service, String component, int verbs, int requestors, List<RowFilter> filters, boolean any) {
        boolean exact(String wanted) {
            return component.equals(wanted);
        }

        /** Only a star at the end ever fits: what stands before it must be the beginning of the component and its slash. */
        boolean wildcard(String wanted) {
            int star = component.indexOf('*');
            if (star < 0 || wanted.isEmpty()) {
                return false;
            }
            String path = wanted + "/";
            return star <= path.length() && (path.substring(0, star) + "*").equals(component);
        }

        /** Fits by more than the kind of the component: {@code _table/*} names no table. */
        boolean names(String wanted) {
            return exact(wanted) || wildcard(wanted) && component.indexOf('*') > wanted.indexOf('/') + 1;
        }

        boolean star() {
            return component.equals("*");
        }

        Map<String, @Nullable Object> shown() {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("service_id", service.isPresent() ? service.getAsLong() : null);
            shown.put("component", component);
            shown.put("verb_mask", verbs);
            shown.put("requestor_mask", requestors);
            shown.put("filters", filters.stream().map(RowFilter::shown).toList());
            shown.put("filter_op", any ? "OR" : "AND");
            return Collections.unmodifiableMap(shown);
        }
    }

    /** One condition as written, lookups not yet replaced. */
    record RowFilter(
            String field, String operator, @Nullable Object value) {
        Map<String, @Nullable Object> shown() {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("name", field);
            shown.put("operator", operator);
            shown.put("value", value);
            return Collections.unmodifiableMap(shown);
        }
    }

    static RoleRules of(Map<String, @Nullable Object> role, List<Map<String, @Nullable Object>> access) {
        return new RoleRules(
                (Long) Objects.requireNonNull(role.get("id")),
                String.valueOf(role.get("name")),
                Boolean.TRUE.equals(role.get("is_active")),
                access.stream().map(RoleRules::row).toList());
    }

    private static Row row(Map<String, @Nullable Object> access) {
        Object component = access.get("component");
        return new Row(
                access.get("service_id") instanceof Long id ? OptionalLong.of(id) : OptionalLong.empty(),
                component == null ? "" : normal(component.toString()),
                mask(access.get("verb_mask")),
                mask(access.get("requestor_mask")),
                access.get("filters") instanceof List<?> filters ? filters(filters) : List.of(),
                "OR".equals(access.get("filter_op")));
    }

    private static int mask(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static List<RowFilter> filters(List<?> stored) {
        List<RowFilter> filters = new ArrayList<>();
        for (Object each : stored) {
            if (each instanceof Map<?, ?> map) {
                filters.add(new RowFilter(
                        String.valueOf(map.get("name")),
                        Roles.operator(String.valueOf(map.get("operator"))),
                        map.get("value")));
            }
        }
        return List.copyOf(filters);
    }

    /** The rows as scripts see them. */
    List<Map<String, @Nullable Object>> shown() {
        return rows.stream().map(Row::shown).toList();
    }

    /** Lower case, without slashes at its ends; of routines the name alone, whatever the parentheses behind it hold. */
    static String normal(String component) {
        String text = withoutSlashes(component.toLowerCase(Locale.ROOT));
        int open = text.indexOf('(');
        boolean routine = text.startsWith("_proc/") || text.startsWith("_func/");
        return open < 0 || !routine ? text : withoutSlashes(text.substring(0, open));
    }

    private static String withoutSlashes(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '/') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(from, to);
    }

    /** The verbs allowed on a component: the first bucket that holds a row decides, even by forbidding. */
    int mask(OptionalLong service, String component, int requestor) {
        if (!active) {
            return 0;
        }
        String wanted = normal(component);
        Buckets buckets = new Buckets();
        for (Row row : rows) {
            if ((row.requestors() & requestor) != 0) {
                buckets.put(row, service, wanted);
            }
        }
        return buckets.mask();
    }

    /** The verbs of the rows that fit in each way; -1 while no row does. */
    private static final class Buckets {
        private int exact = -1;
        private int wildcard = -1;
        private int service = -1;
        private int all = -1;

        void put(Row row, OptionalLong wantedService, String wanted) {
            if (row.service().isEmpty()) {
                if (row.star() || (row.component().isEmpty() && wanted.isEmpty())) {
                    all = with(all, row);
                }
            } else if (row.service().equals(wantedService)) {
                if (row.exact(wanted)) {
                    exact = with(exact, row);
                } else if (row.wildcard(wanted)) {
                    wildcard = with(wildcard, row);
                } else if (row.star() && wanted.isEmpty()) {
                    service = with(service, row);
                }
            }
        }

        private static int with(int bucket, Row row) {
            return Math.max(bucket, 0) | row.verbs();
        }

        int mask() {
            if (exact >= 0) {
                return exact;
            }
            if (wildcard >= 0) {
                return wildcard;
            }
            return service >= 0 ? service : Math.max(all, 0);
        }
    }

    /** Whether any row allows anything on that service. */
    boolean reaches(OptionalLong service, int requestor) {
        return active && rows.stream().anyMatch(row -> allows(row, service, requestor, 31));
    }

    /** Whether some row is about that component by its name. */
    boolean names(OptionalLong service, String component, int requestor) {
        String wanted = normal(component);
        return rows.stream()
                .anyMatch(row -> row.service().isPresent()
                        && row.service().equals(service)
                        && (row.requestors() & requestor) != 0
                        && row.names(wanted));
    }

    /** Whether some row allows that verb somewhere on that service. */
    boolean anywhere(OptionalLong service, int requestor, int verb) {
        return active && rows.stream().anyMatch(row -> allows(row, service, requestor, verb));
    }

    /** Whether that verb is allowed on some component that begins so. */
    boolean below(OptionalLong service, String prefix, int requestor, int verb) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return (mask(service, start + "any", requestor) & verb) != 0
                || active
                        && rows.stream()
                                .filter(row -> row.service().isPresent()
                                        && row.component().startsWith(start))
                                .anyMatch(row -> allows(row, service, requestor, verb));
    }

    private static boolean allows(Row row, OptionalLong service, int requestor, int verbs) {
        return (row.service().isEmpty() || row.service().equals(service))
                && (row.requestors() & requestor) != 0
                && (row.verbs() & verbs) != 0;
    }

    /** The one row whose filters hold: the last exact one, else the last wildcard, else the last for the whole service. */
    Optional<Row> filtering(OptionalLong service, String component, int requestor, int verb) {
        String wanted = table(normal(component));
        Row exact = null;
        Row wildcard = null;
        Row whole = null;
        for (Row row : rows) {
            if (row.service().isEmpty()
                    || !row.service().equals(service)
                    || (row.requestors() & requestor) == 0
                    || (row.verbs() & verb) == 0) {
                continue;
            }
            if (row.exact(wanted)) {
                exact = row;
            } else if (row.star()) {
                whole = row;
            } else if (row.wildcard(wanted)) {
                wildcard = row;
            }
        }
        if (exact != null) {
            return Optional.of(exact);
        }
        return Optional.ofNullable(wildcard != null ? wildcard : whole);
    }

    /** {@code _table/orders} of {@code _table/orders/5}: filters are given for tables. */
    private static String table(String component) {
        int first = component.indexOf('/');
        int second = first < 0 ? -1 : component.indexOf('/', first + 1);
        return second < 0 ? component : component.substring(0, second);
    }
}
