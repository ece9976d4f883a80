package io.sluice.service.system;

import static io.sluice.store.Table.Kind.FLAG;
import static io.sluice.store.Table.Kind.JSON;
import static io.sluice.store.Table.Kind.TEXT;

import io.sluice.access.Problems;
import io.sluice.access.RecordForm;
import io.sluice.access.Stamps;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import io.sluice.store.Secrets;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The records of services as they are stored, and what may stand in them. */
final class ServiceRecords {
    static final Table TABLE = new Table(
            "service",
            Stamps.after(
                    Table.columns(TEXT, "name label description"),
                    Table.columns(FLAG, "is_active"),
                    Table.columns(TEXT, "type"),
                    Table.columns(FLAG, "mutable deletable"),
                    Table.columns(JSON, "config")));

    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("name", 40).asRequired(),
            RecordForm.Field.text("label", 80),
            RecordForm.Field.text("description", 255),
            RecordForm.Field.flag("is_active", true),
            RecordForm.Field.text("type", 40).asRequired());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    /** First segments of addresses that are ours, and the services that Sluice itself makes. */
    private static final Set<String> RESERVED =
            Set.of("api", "hooks", "status", "health", "metrics", "ui", "system", "user", "api_docs");

    private final Services services;
    private final ServiceConfig config;

    ServiceRecords(Services services, Secrets secrets) {
        this.services = services;
        this.config = new ServiceConfig(secrets);
    }

    /** The row of a new service. Throws a 400 with all that is wrong. */
    Map<String, @Nullable Object> created(Tx tx, Map<String, @Nullable Object> given) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = FORM.forCreate(stripped(given), problems);
        Object name = row.get("name");
        if (row.get("label") == null) {
            row.put("label", name);
        }
        name(tx, name, -1, problems);
        if (name != null && RESERVED.contains(name.toString().toLowerCase(Locale.ROOT))) {
            problems.add("name", "The name '" + name + "' is reserved.");
        }
        type(row.get("type"), problems).ifPresent(type -> {
            single(tx, type, problems);
            row.put("config", config.stored(type, Map.of(), config(given, problems), problems));
        });
        problems.throwIfAny();
        return row;
    }

    /** The columns that change in a service. Throws a 400 with all that is wrong. */
    Map<String, @Nullable Object> changed(
            Tx tx, Map<String, @Nullable Object> before, Map<String, @Nullable Object> given) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = FORM.forUpdate(stripped(given), problems);
        String name = String.valueOf(before.get("name"));
        if (!Boolean.TRUE.equals(before.get("mutable"))) {
            problems.add("mutable", "The service '" + name + "' cannot be changed.");
        }
        fixed("type", row, before, "The type of a service cannot be changed: make another service.", problems);
        if (Boolean.TRUE.equals(before.get("deletable"))) {
            rename(tx, row, before, problems);
        } else {
            fixed("name", row, before, "The service '" + name + "' keeps its name.", problems);
        }
        if (row.containsKey("label") && row.get("label") == null) {
            row.put("label", row.getOrDefault("name", name));
        }
        if (given.containsKey("config")) {
            type(before.get("type"), problems)
                    .ifPresent(type ->
                            row.put("config", config.stored(type, stored(before), config(given, problems), problems)));
        }
        problems.throwIfAny();
        return row;
    }

    private void rename(
            Tx tx, Map<String, @Nullable Object> row, Map<String, @Nullable Object> before, Problems problems) {
        Object name = row.get("name");
        if (name == null || name.equals(before.get("name"))) {
            return;
        }
        name(tx, name, id(before), problems);
        if (RESERVED.contains(name.toString().toLowerCase(Locale.ROOT))) {
            problems.add("name", "The name '" + name + "' is reserved.");
        }
    }

    private static void fixed(
            String field,
            Map<String, @Nullable Object> row,
            Map<String, @Nullable Object> before,
            String message,
            Problems problems) {
        if (row.get(field) != null && !Objects.equals(row.get(field), before.get(field))) {
            problems.add(field, message);
        }
    }

    /** Label and description without HTML, which other pages might show as it is. */
    private static Map<String, @Nullable Object> stripped(Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> stripped = new LinkedHashMap<>(given);
        for (String field : List.of("label", "description")) {
            if (given.get(field) instanceof String text) {
                stripped.put(field, TAG.matcher(text).replaceAll(""));
            }
        }
        return stripped;
    }

    private static void name(Tx tx, @Nullable Object name, long self, Problems problems) {
        if (name == null) {
            return;
        }
        if (!NAME.matcher(name.toString()).matches()) {
            problems.add("name", "Service name should only contain letters, numbers, underscores and dashes.");
        }
        if (TABLE.exists(tx, "lower(name) = lower(?) and id <> ?", name, self)) {
            problems.add("name", "The name '" + name + "' is taken by another service.");
        }
    }

    private Optional<ServiceType> type(@Nullable Object name, Problems problems) {
        if (name == null) {
            return Optional.empty();
        }
        Optional<ServiceType> type = services.type(name.toString());
        if (type.isEmpty()) {
            problems.add("type", "There is no service type '" + name + "'.");
        }
        return type;
    }

    private static void single(Tx tx, ServiceType type, Problems problems) {
        if (type.singleton() && TABLE.exists(tx, "type = ?", type.name())) {
            problems.add("type", "There can be only one service of type '" + type.name() + "'.");
        }
    }

    private static Map<?, ?> config(Map<String, @Nullable Object> given, Problems problems) {
        Object config = given.get("config");
        if (config instanceof Map<?, ?> map) {
            return map;
        }
        if (config != null && !(config instanceof List<?> list && list.isEmpty())) {
            problems.add("config", "The config field must be an object.");
        }
        return Map.of();
    }

    /** A stored row as callers see it. */
    Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(row);
        long id = id(row);
        shown.put(
                "config",
                services.type(String.valueOf(row.get("type")))
                        .map(type -> ServiceConfig.shown(type, id, stored(row)))
                        .orElseGet(() -> ServiceConfig.shown(id, stored(row))));
        return shown;
    }

    /** What the service of a stored row is made from. A secret that cannot be opened is an IllegalStateException. */
    ServiceDefinition definition(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> used = services.type(String.valueOf(row.get("type")))
                .map(type -> config.used(type, stored(row)))
                .orElse(Map.of());
        return definition(row, used);
    }

    /** Puts the text of a script service into its config. */
    static void content(Tx tx, String name, String text) {
        TABLE.one(tx, "name = ?", name).ifPresent(row -> {
            Map<String, @Nullable Object> config = stored(row);
            config.put("content", text);
            TABLE.update(tx, id(row), Map.of("config", config));
        });
    }

    static ServiceDefinition withoutConfig(Map<String, @Nullable Object> row) {
        return definition(row, Map.of());
    }

    private static ServiceDefinition definition(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> config) {
        Object description = row.get("description");
        return new ServiceDefinition(
                id(row),
                String.valueOf(row.get("name")),
                String.valueOf(row.get("label")),
                description == null ? "" : description.toString(),
                String.valueOf(row.get("type")),
                Boolean.TRUE.equals(row.get("is_active")),
                config);
    }

    static long id(Map<String, @Nullable Object> row) {
        return (Long) Objects.requireNonNull(row.get("id"));
    }

    private static Map<String, @Nullable Object> stored(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        if (row.get("config") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> stored.put(String.valueOf(name), value));
        }
        return stored;
    }
}
