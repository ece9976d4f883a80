package io.sluice.service.sql.dialect;

import java.util.ArrayList;
import java.util.List;
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

    @Override
    public String columnComment(String quotedTable, String quotedColumn, String literal) {
        return "COMMENT ON COLUMN " + quotedTable + "." + quotedColumn + " IS " + literal;
    }

    @Override
    public boolean transactional() {
        return true;
    }

    /** The values that are there are cast; a default that does not fit the new type is taken off first. */
    @Override
    public List<String> alter(Dialect.Altered column) {
        String start = "ALTER TABLE " + column.table() + " ALTER COLUMN " + column.column();
        if (!column.changes().contains(Dialect.Part.TYPE)) {
            return Dialect.Ddl.super.alter(column);
        }
        List<String> statements = new ArrayList<>(List.of(
                start + " DROP DEFAULT",
                start + " TYPE " + column.type() + " USING " + column.column() + "::" + column.type()));
        if (!column.standard().isEmpty()) {
            statements.add(start + " SET DEFAULT " + column.standard());
        }
        if (column.changes().contains(Dialect.Part.NULLABLE)) {
            statements.add(start + (column.nullable() ? " DROP NOT NULL" : " SET NOT NULL"));
        }
        return statements;
    }
}
