package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Dialect.Part;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a column that exists differs from what a caller wants it to be. What is not said stays; what cannot be done is a 501. */
final class FieldChange {
    private final Database database;
    private final Dialect dialect;
    private final Table table;
    private final Column column;
    private final Map<?, ?> given;
    private final String typeNow;

    FieldChange(Database database, Table table, Column column, Map<?, ?> given) {
        this.database = database;
        this.dialect = database.dialect();
        this.table = table;
        this.column = column;
        this.given = given;
        this.typeNow = table.extras().declaredType(column).orElseGet(() -> Describe.type(table, column));
    }

    void add(SchemaSteps steps) {
        requireSameKeys();
        Set<Part> changes = changes();
        if (!changes.isEmpty()) {
            alter(steps, changes);
        }
        FieldMaker maker = new FieldMaker(database, table);
        if (FieldDefinition.flag(given, "is_unique") && !table.unique(column) && !table.inPrimaryKey(column)) {
            maker.index(steps, column.real(), column.quoted(), true);
        } else if (FieldDefinition.flag(given, "is_index")
                && !table.keys().indexed().contains(column.name())) {
            maker.index(steps, column.real(), column.quoted(), false);
        }
        reference(steps);
    }

    private void requireSameKeys() {
        boolean was = table.inPrimaryKey(column);
        if (given.get("is_primary_key") != null && FieldDefinition.flag(given, "is_primary_key") != was) {
            throw cannot("the primary key");
        }
        if (given.get("is_unique") != null && !FieldDefinition.flag(given, "is_unique") && table.unique(column)) {
            throw cannot("a unique key, to take it away,");
        }
    }

    private Set<Part> changes() {
        Set<Part> changes = EnumSet.noneOf(Part.class);
        if (typeChanges()) {
            changes.add(Part.TYPE);
        }
        if (wantedNullable() != column.nullable()) {
            changes.add(Part.NULLABLE);
        }
        boolean said = given.containsKey("default") && !column.autoIncrement();
        if (said && !same(given.get("default"), column.defaultValue())) {
            changes.add(Part.DEFAULT);
        }
        return changes;
    }

    private boolean typeChanges() {
        String type = FieldDefinition.text(given, "type").isPresent() ? FieldDefinition.type(given) : typeNow;
        if (!type.equals(typeNow)) {
            return FieldDefinition.isIdentity(type)
                    || !wantedType().equals(FieldDefinition.declaredIfKnown(typeNow, dialect));
        }
        return differs("length", column.type().length())
                || differs("size", column.type().length())
                || differs("precision", column.type().precision())
                || differs("scale", column.type().scale());
    }

    private boolean differs(String key, @Nullable Integer now) {
        return given.get(key) != null && !same(given.get(key), now);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return String.valueOf(one).equals(String.valueOf(other));
    }

    /** Sizes that are not said stay, as long as the type does. */
    private String declared(String type, Map<String, @Nullable Object> sizes) {
        if (FieldDefinition.isIdentity(type)) {
            return type;
        }
        if (type.equals(typeNow)) {
            boolean length = sizes.get("length") != null || sizes.get("size") != null;
            boolean digits = sizes.get("precision") != null || sizes.get("scale") != null;
            if (!length) {
                sizes.put("length", column.type().length());
            }
            if (!length && !digits) {
                sizes.put("precision", column.type().precision());
                sizes.put("scale", column.type().scale());
            }
        }
        return FieldDefinition.declared(sizes, type, dialect);
    }

    private String wantedType() {
        String type = FieldDefinition.text(given, "type").isPresent() ? FieldDefinition.type(given) : typeNow;
        Map<String, @Nullable Object> sizes = new LinkedHashMap<>();
        for (String key : List.of("length", "size", "precision", "scale")) {
            sizes.put(key, given.get(key));
        }
        return declared(type, sizes);
    }

    private boolean wantedNullable() {
        if (table.inPrimaryKey(column) || column.autoIncrement()) {
            return column.nullable();
        }
        if (given.get("allow_null") != null) {
            return FieldDefinition.flag(given, "allow_null");
        }
        return column.nullable() && !FieldDefinition.flag(given, "required");
    }

    private void alter(SchemaSteps steps, Set<Part> changes) {
        if (column.autoIncrement() || column.computed() || FieldDefinition.isIdentity(wantedType())) {
            throw cannot("a generated value");
        }
        @Nullable Object standard = changes.contains(Part.DEFAULT) ? given.get("default") : column.defaultValue();
        String literal = FieldDefinition.standard(standard, typeNow, column.name(), dialect);
        if (!changes.contains(Part.DEFAULT) && literal.indexOf('(') >= 0) {
            throw cannot("a field with a computed default");
        }
        String comment = Optional.ofNullable(column.comment())
                .map(text -> dialect.ddl().literal(text))
                .orElse("");
        String type = changes.contains(Part.TYPE) ? wantedType() : column.type().declared();
        List<String> statements = dialect.ddl()
                .alter(new Dialect.Altered(
                        table.quoted(), column.quoted(), type, wantedNullable(), literal, comment, changes));
        if (statements.isEmpty()) {
            throw cannot("the type, default or allow_null of a column");
        }
        statements.forEach(
                sql -> steps.add("field '" + column.name() + "' of table '" + table.name() + "' was changed", sql));
    }

    private void reference(SchemaSteps steps) {
        Optional<ForeignKey> now = table.reference(column);
        Optional<String> wanted = FieldDefinition.text(given, "ref_table");
        if (now.isPresent()) {
            boolean other = given.containsKey("ref_table")
                    && !wanted.filter(now.get().target()::equalsIgnoreCase).isPresent();
            if (other) {
                throw cannot("where a reference points");
            }
        } else if (wanted.isPresent()) {
            if (dialect.ddl().referencesInline()) {
                throw cannot("a field into a reference");
            }
            String key = FieldDefinition.read(withName(), database).reference().orElse("");
            steps.add(
                    "field '" + column.name() + "' of table '" + table.name() + "' became a reference",
                    "ALTER TABLE " + table.quoted() + " ADD " + key);
        }
    }

    private Map<?, ?> withName() {
        Map<Object, @Nullable Object> named = new LinkedHashMap<>(given);
        named.put("name", column.real());
        return named;
    }

    private ApiException cannot(String what) {
        return ApiException.notImplemented("Field '" + column.name() + "' of table '" + table.name()
                + "' stays as it is: changing " + what + " is not supported on " + dialect.label()
                + ". Change it in the database and call with refresh=true.");
    }
}
