package io.sluice.service.sql.dialect;

import org.jspecify.annotations.Nullable;

/** Tables of PostgreSQL. */
final class PostgreSqlDdl implements Dialect.Ddl {
    @Override
    public String type(String simple, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {
        return switch (simple) {
            case "string" -> "varchar(" + (length == null ? 255 : length) + ")";
            case "text", "mediumtext", "longtext" -> "text";
            case "tinyint", "smallint" -> "smallint";
            case "integer", "mediumint", "reference", "user_id" -> "integer";
            case "bigint" -> "bigint";
            case "boolean" -> "boolean";
            case "decimal" ->
                "numeric(" + (precision == null ? 10 : precision) + "," + (scale == null ? 0 : scale) + ")";
            case "money" -> "numeric(19,4)";
            case "float", "double" -> "double precision";
            case "date" -> "date";
            case "time" -> "time";
            case "datetime", "timestamp", "timestamp_on_create" -> "timestamp";
            case "datetimetz", "timestamptz" -> "timestamptz";
            case "binary" -> "bytea";
            case "json", "jsonb" -> "jsonb";
            case "uuid" -> "uuid";
            default -> "";
        };
    }

    @Override
    public String identity(String simple) {
        return switch (simple) {
            case "bigid" -> "bigserial PRIMARY KEY";
            case "smallid" -> "smallserial PRIMARY KEY";
            default -> "serial PRIMARY KEY";
        };
    }

    @Override
    public String comment(String quotedTable, String literal) {
        return "COMMENT ON TABLE " + quotedTable + " IS " + literal;
    }
}
