package io.sluice.service.sql.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of SQLite; the declared types are what introspection reads back. */
final class SqliteDdl implements Dialect.Ddl {
    @Override
    public String type(String simple, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {
        return switch (simple) {
            case "string" -> "varchar(" + (length == null ? 255 : length) + ")";
            case "decimal" ->
                "decimal(" + (precision == null ? 10 : precision) + "," + (scale == null ? 0 : scale) + ")";
            case "text", "mediumtext", "longtext" -> "text";
            case "integer", "reference", "user_id", "tinyint", "smallint", "mediumint" -> "integer";
            case "money" -> "decimal(19,4)";
            case "float", "double" -> "double";
            case "binary" -> "blob";
            case "json", "jsonb" -> "json";
            case "timestamp_on_create" -> "timestamp";
            case "bigint", "boolean", "date", "time", "datetime", "timestamp", "uuid" -> simple;
            default -> "";
        };
    }

    @Override
    public String identity(String simple) {
        return "integer PRIMARY KEY AUTOINCREMENT";
    }

    @Override
    public boolean addsIdentity() {
        return false;
    }

    @Override
    public String comment(String quotedTable, String literal) {
        return "";
    }

    @Override
    public boolean transactional() {
        return true;
    }

    @Override
    public boolean referencesInline() {
        return true;
    }

    @Override
    public boolean indexesHoldColumns() {
        return true;
    }

    @Override
    public List<String> alter(Dialect.Altered column) {
        return List.of();
    }
}
