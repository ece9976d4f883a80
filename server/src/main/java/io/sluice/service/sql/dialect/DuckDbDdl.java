package io.sluice.service.sql.dialect;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables of DuckDB, which knows no identity columns: numbers come from a sequence beside the table. */
final class DuckDbDdl implements Dialect.Ddl {
    private static final String COUNTING = " PRIMARY KEY DEFAULT nextval(?)";

    @Override
    public List<String> create(String quotedTable, List<String> parts) {
        String table = quotedTable.substring(1, quotedTable.length() - 1);
        String sequence = "\"" + table + "_ids\"";
        boolean counts = parts.stream().anyMatch(part -> part.endsWith(COUNTING));
        String columns =
                parts.stream().map(part -> counting(part, literal(sequence))).collect(Collectors.joining(", "));
        String make = "CREATE TABLE " + quotedTable + " (" + columns + ")";
        return counts ? List.of("CREATE SEQUENCE IF NOT EXISTS " + sequence, make) : List.of(make);
    }

    private static String counting(String part, String sequence) {
        return part.endsWith(COUNTING)
                ? part.substring(0, part.length() - COUNTING.length()) + COUNTING.replace("?", sequence)
                : part;
    }

    @Override
    public String type(String simple, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale) {
        return switch (simple) {
            case "string", "text", "mediumtext", "longtext" -> "varchar";
            case "integer", "mediumint", "reference", "user_id" -> "integer";
            case "decimal" ->
                "decimal(" + (precision == null ? 10 : precision) + "," + (scale == null ? 0 : scale) + ")";
            case "money" -> "decimal(19,4)";
            case "float", "double" -> "double";
            case "datetime", "timestamp", "timestamp_on_create" -> "timestamp";
            case "datetimetz", "timestamptz" -> "timestamptz";
            case "binary" -> "blob";
            case "json", "jsonb" -> "json";
            case "tinyint", "smallint", "bigint", "boolean", "date", "time", "timetz", "uuid" -> simple;
            default -> "";
        };
    }

    @Override
    public String identity(String simple) {
        String type = switch (simple) {
            case "bigid" -> "bigint";
            case "smallid" -> "smallint";
            default -> "integer";
        };
        return type + COUNTING;
    }

    @Override
    public boolean addsIdentity() {
        return false;
    }

    @Override
    public String comment(String quotedTable, String literal) {
        return "COMMENT ON TABLE " + quotedTable + " IS " + literal;
    }
}
