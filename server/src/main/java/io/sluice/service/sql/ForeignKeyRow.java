package io.sluice.service.sql;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One column of a foreign key, as drivers report it. */
record ForeignKeyRow(
        String constraint,
        String table,
        String column,
        String target,
        String targetColumn,
        int sequence,
        short updateRule,
        short deleteRule) {

    static ForeignKeyRow read(ResultSet row, Introspection names, @Nullable String home) throws SQLException {
        @Nullable String constraint = row.getString("FK_NAME");
        return new ForeignKeyRow(
                constraint == null ? "" : constraint,
                names.tableOf(row, "FK", home),
                row.getString("FKCOLUMN_NAME"),
                names.tableOf(row, "PK", home),
                row.getString("PKCOLUMN_NAME"),
                row.getInt("KEY_SEQ"),
                row.getShort("UPDATE_RULE"),
                row.getShort("DELETE_RULE"));
    }

    /** One key per constraint; rows without its name begin a new key at each first column. */
    static List<ForeignKey> join(List<ForeignKeyRow> rows) {
        Map<String, List<ForeignKeyRow>> keys = new LinkedHashMap<>();
        int nameless = 0;
        int last = Integer.MAX_VALUE;
        for (ForeignKeyRow row : rows) {
            nameless += row.sequence <= last ? 1 : 0;
            last = row.sequence;
            String key = row.table + "\n" + (row.constraint.isEmpty() ? nameless : row.constraint);
            keys.computeIfAbsent(key, name -> new ArrayList<>()).add(row);
        }
        return keys.values().stream().map(ForeignKeyRow::key).toList();
    }

    private static ForeignKey key(List<ForeignKeyRow> parts) {
        List<ForeignKeyRow> columns = parts.stream()
                .sorted(Comparator.comparingInt(ForeignKeyRow::sequence))
                .toList();
        ForeignKeyRow first = columns.getFirst();
        return new ForeignKey(
                first.constraint.isEmpty() ? first.table + "_" + first.column + "_fkey" : first.constraint,
                first.table,
                columns.stream().map(ForeignKeyRow::column).toList(),
                first.target,
                columns.stream().map(ForeignKeyRow::targetColumn).toList(),
                rule(first.updateRule),
                rule(first.deleteRule));
    }

    private static @Nullable String rule(short rule) {
        return switch (rule) {
            case DatabaseMetaData.importedKeyCascade -> "CASCADE";
            case DatabaseMetaData.importedKeySetNull -> "SET NULL";
            case DatabaseMetaData.importedKeySetDefault -> "SET DEFAULT";
            case DatabaseMetaData.importedKeyNoAction, DatabaseMetaData.importedKeyRestrict -> "NO ACTION";
            default -> null;
        };
    }
}
