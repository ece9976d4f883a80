package io.sluice.service.sql;

import io.sluice.api.Parameters;
import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which page is read, and whether its answer says how many records there are.
 *
 * @param forced no valid limit was asked for, so a caller who did not get everything must learn of it
 * @param query counts all records, whatever the page
 */
record Counting(long limit, long offset, long most, boolean forced, boolean asked, Sql query) {

    interface Count {
        long get() throws SQLException;
    }

    static Counting of(Parameters options, long most, Sql query) {
        OptionalLong limit = options.number("limit", "top");
        boolean valid = limit.isPresent() && limit.getAsLong() >= 1 && limit.getAsLong() <= most;
        long offset = Math.clamp(options.number("offset", "skip").orElse(0), 0, Long.MAX_VALUE - most);
        return new Counting(
                valid ? limit.getAsLong() : most, offset, most, !valid, options.flag("include_count"), query);
    }

    /** {@code count} and {@code next} where they belong. A short page tells the total without asking. */
    Map<String, Object> meta(long read, Count counted) throws SQLException {
        Map<String, Object> meta = new LinkedHashMap<>();
        if (!forced && !asked) {
            return meta;
        }
        boolean lastPage = read < limit && (read > 0 || offset == 0);
        long total = lastPage ? offset + read : counted.get();
        if (asked || total > most) {
            meta.put("count", total);
        }
        if (total > offset + limit) {
            meta.put("next", offset + limit);
        }
        return meta;
    }

    long count(Connection connection, Dialect dialect) throws SQLException {
        try (PreparedStatement statement = query.prepare(connection, dialect);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
