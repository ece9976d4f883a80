package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Kind;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a routine, whose columns are known only once they are there. */
final class RoutineRows {
    /** They are held in memory, so there is an end to them. */
    static final int MOST = 100_000;

    /** Sets of rows that one call may give. */
    static final int MOST_SETS = 1_000;

    private RoutineRows() {}

    static List<Map<String, @Nullable Object>> read(ResultSet rows, Dialect dialect) throws SQLException {
        return read(rows, dialect, 0);
    }

    /** @param before how many rows of other sets are in memory already */
    static List<Map<String, @Nullable Object>> read(ResultSet rows, Dialect dialect, int before) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> names = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (int place = 1; place <= meta.getColumnCount(); place++) {
            names.add(meta.getColumnLabel(place));
            cells.add(Cell.of(kind(meta.getColumnType(place)), dialect));
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        while (rows.next()) {
            if (before + all.size() == MOST) {
                throw ApiException.badRequest("The routine gives more than " + MOST + " rows. Let it give fewer.");
            }
            all.add(row(rows, names, cells));
        }
        return all;
    }

    private static Map<String, @Nullable Object> row(ResultSet rows, List<String> names, List<Cell> cells)
            throws SQLException {
        RowBuilder builder = new RowBuilder(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).move(rows, i + 1, i, builder);
        }
        @Nullable Object[] values = builder.values();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(names.get(i), values[i]);
        }
        return row;
    }

    private static Kind kind(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> Kind.DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> Kind.REAL;
            case Types.BIT, Types.BOOLEAN -> Kind.BOOLEAN;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BINARY;
            default -> Kind.OTHER;
        };
    }
}
