package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.service.sql.dialect.Dialect;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of a table to be made.
 *
 * @param sql type, default and constraints, ready for CREATE TABLE
 * @param target what follows REFERENCES, empty when the field points nowhere
 */
record FieldDefinition(String name, String quoted, String sql, boolean primary, boolean identity, String target) {
    private static final Set<String> IDENTITIES = Set.of("id", "pk", "bigid", "smallid", "mediumid");
    private static final Set<String> RULES = Set.of("CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION");

    static FieldDefinition read(Object given, Database database) {
        if (!(given instanceof Map<?, ?> field) || field.get("name") == null) {
            throw ApiException.badRequest("Each field needs a 'name' and a 'type'.");
        }
        Dialect dialect = database.dialect();
        String name = TableMaker.checked(String.valueOf(field.get("name")));
        String type = text(field, "type").orElse("string").toLowerCase(Locale.ROOT);
        if (IDENTITIES.contains(type)) {
            return new FieldDefinition(name, dialect.quote(name), dialect.ddl().identity(type), true, true, "");
        }
        Optional<Column> target = target(field, database);
        String declared =
                target.map(column -> column.type().declared()).orElseGet(() -> declared(field, type, dialect));
        String sql = declared
                + nullness(field)
                + defaultValue(field, type, name, dialect)
                + (flag(field, "is_unique") ? " UNIQUE" : "");
        return new FieldDefinition(
                name,
                dialect.quote(name),
                sql,
                flag(field, "is_primary_key"),
                false,
                references(field, database, target));
    }

    private static String declared(Map<?, ?> field, String type, Dialect dialect) {
        @Nullable
        Integer length = size(field, "length").or(() -> size(field, "size")).orElse(null);
        @Nullable Integer precision = size(field, "precision").orElse(null);
        @Nullable Integer scale = size(field, "scale").orElse(null);
        String plain = type.equals("fk") ? "reference" : type;
        String declared = dialect.ddl().type(plain, length, precision == null ? length : precision, scale);
        if (declared.isEmpty()) {
            throw ApiException.badRequest(
                    "Field type '" + type + "' is not known or not available on " + dialect.label() + ".");
        }
        return declared;
    }

    private static Optional<Integer> size(Map<?, ?> field, String key) {
        return text(field, key).map(text -> {
            try {
                int size = new BigDecimal(text).intValueExact();
                if (size < 0) {
                    throw new ArithmeticException();
                }
                return size;
            } catch (ArithmeticException | NumberFormatException e) {
                throw ApiException.badRequest("'" + key + "' must be a whole number, not '" + text + "'.");
            }
        });
    }

    private static String nullness(Map<?, ?> field) {
        return flag(field, "allow_null") ? "" : " NOT NULL";
    }

    private static String defaultValue(Map<?, ?> field, String type, String name, Dialect dialect) {
        @Nullable Object value = field.get("default");
        if (type.equals("timestamp_on_create")) {
            return " DEFAULT CURRENT_TIMESTAMP";
        }
        return switch (value) {
            case null -> "";
            case Boolean truth -> " DEFAULT " + dialect.ddl().literal(truth);
            case Number number -> " DEFAULT " + new BigDecimal(number.toString()).toPlainString();
            case String text when isClock(text, type) -> " DEFAULT CURRENT_TIMESTAMP";
            case String text -> " DEFAULT " + dialect.ddl().literal(text);
            default ->
                throw ApiException.badRequest(
                        "The default of field '" + name + "' must be text, a number or a boolean.");
        };
    }

    private static boolean isClock(String text, String type) {
        String upper = text.toUpperCase(Locale.ROOT);
        return (type.startsWith("timestamp") || type.startsWith("datetime"))
                && (upper.equals("CURRENT_TIMESTAMP") || upper.equals("NOW()"));
    }

    private static Optional<Column> target(Map<?, ?> field, Database database) {
        Optional<Table> table = text(field, "ref_table").map(database.schema()::table);
        return table.map(to -> to.column(text(field, "ref_field").orElse("id"))
                .orElseThrow(() -> ApiException.badRequest(
                        "The field that a reference points at does not exist in table '" + to.name() + "'.")));
    }

    private static String references(Map<?, ?> field, Database database, Optional<Column> target) {
        if (target.isEmpty()) {
            return "";
        }
        Table table = database.schema().table(text(field, "ref_table").orElse(""));
        return table.quoted() + " (" + target.get().quoted() + ")" + rule(field, "ref_on_delete", " ON DELETE ")
                + rule(field, "ref_on_update", " ON UPDATE ");
    }

    private static String rule(Map<?, ?> field, String key, String before) {
        return text(field, key)
                .map(text -> text.toUpperCase(Locale.ROOT))
                .map(text -> {
                    if (!RULES.contains(text)) {
                        throw ApiException.badRequest("'" + key + "' must be one of " + String.join(", ", RULES) + ".");
                    }
                    return before + text;
                })
                .orElse("");
    }

    private static boolean flag(Map<?, ?> field, String key) {
        return text(field, key).map(Parameters::isTrue).orElse(false);
    }

    private static Optional<String> text(Map<?, ?> field, String key) {
        return Optional.ofNullable(field.get(key)).map(String::valueOf).filter(text -> !text.isBlank());
    }

    /** The table constraint that makes it a reference. */
    Optional<String> reference() {
        return target.isEmpty() ? Optional.empty() : Optional.of("FOREIGN KEY (" + quoted + ") REFERENCES " + target);
    }

    String inlineReference() {
        return " REFERENCES " + target;
    }
}
