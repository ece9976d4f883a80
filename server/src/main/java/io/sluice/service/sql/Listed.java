package io.sluice.service.sql;

import io.sluice.service.sql.dialect.Dialect;
import java.util.List;

/** One of many values. Repeats the last one, so that few different texts are prepared. */
final class Listed {
    private Listed() {}

    /** How many values one statement can list beside so many others; a power of two, as they are filled up to one. */
    static int most(Dialect dialect, int others) {
        return Integer.highestOneBit(Math.max(1, dialect.maxParameters() - others));
    }

    /** Never called with no values. */
    static Sql in(Column column, List<Object> values, Dialect dialect) {
        int padded = Integer.highestOneBit(2 * values.size() - 1);
        Sql sql = new Sql();
        for (int i = 0; i < padded; i++) {
            boolean begins = i % dialect.maxListed() == 0;
            sql.add(i == 0 ? "(" : begins ? ") OR " : ", ");
            if (begins) {
                sql.add(column.quoted()).add(" IN (");
            }
            sql.value(values.get(Math.min(i, values.size() - 1)));
        }
        return sql.add("))");
    }
}
