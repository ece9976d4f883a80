package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.SchemaSettings.Entry;
import io.sluice.service.sql.dialect.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes, changes and drops tables. Names are quoted, types come from a list, literals are escaped by the dialect. */
final class TableMaker {
    private static final int MAX_NAME = 63;

    private final Database database;
    private final Dialect.Ddl ddl;

    TableMaker(Database database) {
        this.database = database;
        this.ddl = database.dialect().ddl();
    }

    /** Makes a table that is not there yet. */
    void make(String name, Map<?, ?> definition) {
        String quoted = database.dialect().quote(checked(name));
        List<Map<?, ?>> virtual =
                fields(definition).stream().filter(TableMaker::isVirtual).toList();
        List<FieldDefinition> fields = fields(definition).stream()
                .filter(field -> !isVirtual(field))
                .map(field -> FieldDefinition.read(field, database))
                .toList();
        if (fields.isEmpty()) {
            throw ApiException.badRequest(
                    "A table needs at least one field: \"field\": [{\"name\": \"id\", \"type\": \"id\"}].");
        }
        SchemaSteps steps = new SchemaSteps(database);
        ddl.create(quoted, parts(fields)).forEach(sql -> steps.add("table '" + name + "' was made", sql));
        comment(steps, name, quoted, definition);
        FieldMaker maker = new FieldMaker(database, name, quoted, TableExtras.NONE);
        fields.forEach(field -> maker.beside(steps, field));
        virtual.forEach(field -> steps.keep(ExtraInput.virtualField(name, field, Extra.NONE)));
        keepOwn(steps, name, definition, Extra.NONE);
        steps.run();
    }

    private static List<String> parts(List<FieldDefinition> fields) {
        List<String> columns = new ArrayList<>();
        List<String> constraints = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FieldDefinition field : fields) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw ApiException.badRequest("The table has two fields with the name '" + field.name() + "'.");
            }
            columns.add(field.quoted() + " " + field.sql());
            field.reference().ifPresent(constraints::add);
            if (field.primary() && !field.identity()) {
                primary.add(field.quoted());
            }
        }
        if (!primary.isEmpty()) {
            columns.add("PRIMARY KEY (" + String.join(", ", primary) + ")");
        }
        columns.addAll(constraints);
        return columns;
    }

    private static List<Map<?, ?>> fields(Map<?, ?> definition) {
        if (!(definition.get("field") instanceof List<?> given)) {
            return List.of();
        }
        List<Map<?, ?>> fields = new ArrayList<>();
        for (Object each : given) {
            if (!(each instanceof Map<?, ?> field)) {
                throw ApiException.badRequest("Each field needs a 'name' and a 'type'.");
            }
            fields.add(field);
        }
        return fields;
    }

    static boolean isVirtual(Map<?, ?> field) {
        return FieldDefinition.flag(field, "is_virtual")
                || FieldDefinition.text(field, "type")
                        .filter("virtual"::equalsIgnoreCase)
                        .isPresent();
    }

    private boolean comment(SchemaSteps steps, String name, String quoted, Map<?, ?> definition) {
        @Nullable Object description = definition.get("description");
        String literal = ddl.literal(description == null ? "" : String.valueOf(description));
        String comment = ddl.comment(quoted, literal);
        if (description != null && !comment.isEmpty()) {
            steps.add("the description of table '" + name + "' was set", comment);
        }
        return !comment.isEmpty();
    }

    private void keepOwn(SchemaSteps steps, String real, Map<?, ?> definition, Extra old) {
        boolean noComment = ddl.comment(database.dialect().quote("x"), "''").isEmpty();
        Entry entry = ExtraInput.table(real, definition, old, noComment);
        if (!entry.settings().equals(old.values())) {
            String name = new Extra(entry.settings()).named(real);
            boolean taken = database.schema()
                    .find(name)
                    .filter(other -> !other.real().equalsIgnoreCase(real))
                    .isPresent();
            ExtraInput.refuseTaken(entry, "table", taken);
            steps.keep(entry);
        }
    }

    /** Adds and changes what the definition names; {@code whole}: columns that it does not name are dropped. */
    void change(Table table, Map<?, ?> definition, boolean whole) {
        List<Map<?, ?>> fields = fields(definition);
        SchemaSteps steps = new SchemaSteps(database);
        FieldMaker maker = new FieldMaker(database, table);
        fields.forEach(field -> maker.put(steps, table, field));
        if (whole && !fields.isEmpty()) {
            dropUnnamed(steps, maker, table, fields);
        }
        if (!String.valueOf(definition.get("description"))
                .equals(String.valueOf(table.id().comment()))) {
            comment(steps, table.name(), table.quoted(), definition);
        }
        keepOwn(steps, table.id().real(), definition, table.extras().own());
        steps.run();
    }

    private static void dropUnnamed(SchemaSteps steps, FieldMaker maker, Table table, List<Map<?, ?>> fields) {
        List<String> named = fields.stream()
                .map(FieldDefinition::name)
                .map(name -> FieldMaker.column(table, name).map(Column::real).orElse(name))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        table.columns().stream()
                .filter(column -> !named.contains(column.real().toLowerCase(Locale.ROOT)))
                .forEach(column -> maker.drop(steps, column));
        table.extras().virtualFields().keySet().stream()
                .filter(name -> !named.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> maker.dropVirtual(steps, name));
    }

    /** Drops a table or view with all that was kept about it. */
    void drop(Table table) {
        SchemaSteps steps = new SchemaSteps(database);
        steps.add(
                "table '" + table.name() + "' was dropped",
                (table.id().view() ? "DROP VIEW " : "DROP TABLE ") + table.quoted());
        String real = table.id().real().toLowerCase(Locale.ROOT);
        database.schema().entries().stream()
                .filter(entry -> entry.table().equals(real))
                .forEach(entry -> steps.keep(entry.emptied()));
        steps.run();
    }

    void fields(Table table, List<Map<?, ?>> definitions) {
        SchemaSteps steps = new SchemaSteps(database);
        FieldMaker maker = new FieldMaker(database, table);
        definitions.forEach(field -> maker.put(steps, table, field));
        steps.run();
    }

    void dropFields(Table table, List<String> names) {
        SchemaSteps steps = new SchemaSteps(database);
        FieldMaker maker = new FieldMaker(database, table);
        for (String name : names) {
            Optional<Column> column = FieldMaker.column(table, name);
            if (column.isPresent()) {
                maker.drop(steps, column.get());
            } else if (FieldMaker.virtual(table, name).isPresent()) {
                maker.dropVirtual(steps, name);
            } else {
                throw FieldMaker.missing(table, name);
            }
        }
        steps.run();
    }

    /** A name that every database takes and that an address can hold. */
    static String checked(String name) {
        boolean bad = name.isBlank()
                || name.length() > MAX_NAME
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
                || name.chars().anyMatch(c -> c < ' ' || c == '.' || c == '/' || c == '"' || c == '`');
        if (bad) {
            throw ApiException.badRequest("'" + name + "' is not a usable name: up to " + MAX_NAME
                    + " characters, without dots, slashes and quotes.");
        }
        return name;
    }
}
