package io.sluice.service.sql.dialect;

import org.jspecify.annotations.Nullable;

/** Tables of MySQL and MariaDB. */
final class MariaDbDdl implements Dialect.Ddl {
    @Override
    public String type(String simple, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {
        return switch (simple) {
            case "string" -> "varchar(" + (length == null ? 255 : length) + ")";
            case "text",
                    "mediumtext",
                    "longtext",
                    "tinyint",
                    "smallint",
                    "mediumint",
                    "bigint",
                    "date",
                    "time",
                    "json" -> simple;
            case "jsonb" -> "json";
            case "integer", "reference", "user_id" -> "int";
            case "boolean" -> "tinyint(1)";
            case "decimal" ->
                "decimal(" + (precision == null ? 10 : precision) + "," + (scale == null ? 0 : scale) + ")";
            case "money" -> "decimal(19,4)";
            case "float", "double" -> "double";
            case "datetime" -> "datetime";
            case "timestamp", "timestamp_on_create" -> "timestamp";
            case "binary" -> "longblob";
            case "uuid" -> "char(36)";
            default -> "";
        };
    }

    @Override
    public String identity(String simple) {
        return switch (simple) {
            case "bigid" -> "bigint NOT NULL AUTO_INCREMENT PRIMARY KEY";
            case "smallid" -> "smallint NOT NULL AUTO_INCREMENT PRIMARY KEY";
            default -> "int NOT NULL AUTO_INCREMENT PRIMARY KEY";
        };
    }

    /** A backslash escapes in these literals. */
    @Override
    public String literal(String text) {
        return "'" + Dialect.Ddl.withoutNull(text).replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public String comment(String quotedTable, String literal) {
        return "ALTER TABLE " + quotedTable + " COMMENT = " + literal;
    }
}
