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
 * A field of a table as a caller defines it.
 *
 * @param type as SQL; with its key for a generated identifier
 * @param standard the default as SQL, empty for none
 * @param target what follows REFERENCES, empty when the field points nowhere
 * @param given as it was sent
 */
record FieldDefinition(
        String name,
        String quoted,
        String type,
        boolean identity,
        boolean nullable,
        String standard,
        String target,
        Map<?, ?> given) {
    private static final Set<String> IDENTITIES = Set.of("id", "pk", "bigid", "smallid", "mediumid");
    private static final Set<String> RULES = Set.of("CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION");

    /** Types that the server fills; the database only knows the plain ones. */
    private static final Map<String, String> FILLED =
            Map.of("timestamp_on_update", "timestamp", "user_id_on_create", "user_id", "user_id_on_update", "user_id");

    static FieldDefinition read(Map<?, ?> field, Database database) {
        Dialect dialect = database.dialect();
        String name = name(field);
        String type = type(field);
        if (IDENTITIES.contains(type)) {
            return new FieldDefinition(
                    name, dialect.quote(name), dialect.ddl().identity(type), true, false, "", "", field);
        }
        Optional<Column> target = target(field, database);
        String declared =
                target.map(column -> column.type().declared()).orElseGet(() -> declared(field, type, dialect));
        // What the server fills later may be missing until then, in rows that are there already, too.
        boolean nullable = field.get("allow_null") == null ? FILLED.containsKey(type) : flag(field, "allow_null");
        return new FieldDefinition(
                name,
                dialect.quote(name),
                declared,
                false,
                nullable,
                standard(field, type, name, dialect),
                references(field, database, target),
                field);
    }

    static String name(Map<?, ?> field) {
        return TableMaker.checked(text(field, "name")
                .orElseThrow(() -> ApiException.badRequest("Each field needs a 'name' and a 'type'.")));
    }

    static String type(Map<?, ?> field) {
        return switch (text(field, "type").orElse("string").toLowerCase(Locale.ROOT)) {
            case "pk" -> "id";
            case "fk" -> "reference";
            case String other -> other;
        };
    }

    static boolean isIdentity(String type) {
        return IDENTITIES.contains(type);
    }

    /** Kept beside the column, since its own type does not tell: the server fills the field. */
    static boolean isFilled(String type) {
        return FILLED.containsKey(type) || type.equals("user_id");
    }

    /** Type, default and constraints, ready for CREATE TABLE. */
    String sql() {
        return identity
                ? type
                : type
                        + (standard.isEmpty() ? "" : " DEFAULT " + standard)
                        + (nullable ? "" : " NOT NULL")
                        + (flag("is_unique") ? " UNIQUE" : "");
    }

    boolean flag(String key) {
        return flag(given, key);
    }

    boolean primary() {
        return identity || flag("is_primary_key");
    }

    Optional<String> text(String key) {
        return text(given, key);
    }

    /** The type as SQL without sizes; empty text when such a field cannot be made. */
    static String declaredIfKnown(String type, Dialect dialect) {
        return isIdentity(type) ? "" : dialect.ddl().type(FILLED.getOrDefault(type, type), null, null, null);
    }

    static String declared(Map<?, ?> field, String type, Dialect dialect) {
        @Nullable
        Integer length = size(field, "length").or(() -> size(field, "size")).orElse(null);
        @Nullable Integer precision = size(field, "precision").orElse(null);
        @Nullable Integer scale = size(field, "scale").orElse(null);
        String plain = FILLED.getOrDefault(type, type);
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

    private static String standard(Map<?, ?> field, String type, String name, Dialect dialect) {
        return type.equals("timestamp_on_create")
                ? "CURRENT_TIMESTAMP"
                : standard(field.get("default"), type, name, dialect);
    }

    /** A default as SQL. */
    static String standard(@Nullable Object value, String type, String name, Dialect dialect) {
        return switch (value) {
            case null -> "";
            case Boolean truth -> dialect.ddl().literal(truth);
            case Number number -> new BigDecimal(number.toString()).toPlainString();
            case String text when isClock(text, type) -> "CURRENT_TIMESTAMP";
            case String text -> dialect.ddl().literal(text);
            default ->
                throw ApiException.badRequest(
                        "The default of field '" + name + "' must be text, a number or a boolean.");
        };
    }

    private static boolean isClock(String text, String type) {
        String upper = text.toUpperCase(Locale.ROOT);
        return (type.startsWith("timestamp") || type.startsWith("datetime"))
                && (upper.startsWith("CURRENT_TIMESTAMP") || upper.equals("NOW()"));
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

    static boolean flag(Map<?, ?> field, String key) {
        return text(field, key).map(Parameters::isTrue).orElse(false);
    }

    static Optional<String> text(Map<?, ?> field, String key) {
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
