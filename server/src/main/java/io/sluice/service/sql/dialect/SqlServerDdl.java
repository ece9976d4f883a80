package io.sluice.service.sql.dialect;

import org.jspecify.annotations.Nullable;

/** Tables of SQL Server. */
final class SqlServerDdl implements Dialect.Ddl {
    @Override
    public String type(String simple, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {
        return switch (simple) {
            case "string" -> "nvarchar(" + (length == null ? 255 : length) + ")";
            case "text", "mediumtext", "longtext", "json", "jsonb" -> "nvarchar(max)";
            case "integer", "mediumint", "reference", "user_id" -> "int";
            // The server's own tinyint has no negative numbers.
            case "tinyint", "smallint" -> "smallint";
            case "boolean" -> "bit";
            case "decimal" ->
                "decimal(" + (precision == null ? 10 : precision) + "," + (scale == null ? 0 : scale) + ")";
            case "money" -> "decimal(19,4)";
            case "float", "double" -> "float";
            case "datetime", "timestamp", "timestamp_on_create" -> "datetime2";
            case "datetimetz", "timestamptz" -> "datetimeoffset";
            case "binary" -> "varbinary(max)";
            case "uuid" -> "uniqueidentifier";
            case "bigint", "date", "time" -> simple;
            default -> "";
        };
    }

    @Override
    public String identity(String simple) {
        return switch (simple) {
            case "bigid" -> "bigint IDENTITY PRIMARY KEY";
            case "smallid" -> "smallint IDENTITY PRIMARY KEY";
            default -> "int IDENTITY PRIMARY KEY";
        };
    }

    @Override
    public String literal(boolean truth) {
        return truth ? "1" : "0";
    }

    @Override
    public String literal(String text) {
        return "N'" + text.replace("'", "''") + "'";
    }

    @Override
    public String add() {
        return "ADD ";
    }

    @Override
    public String comment(String quotedTable, String literal) {
        String name = quotedTable.substring(1, quotedTable.length() - 1).replace("]]", "]");
        return "DECLARE @schema sysname = SCHEMA_NAME(); EXEC sp_addextendedproperty N'MS_Description', " + literal
                + ", N'SCHEMA', @schema, N'TABLE', " + literal(name);
    }
}
