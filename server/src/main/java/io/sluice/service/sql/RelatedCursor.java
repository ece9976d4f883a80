package io.sluice.service.sql;

import io.sluice.api.Content;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cursor whose records get their related ones a portion at a time, over the cursor's own connection. */
final class RelatedCursor implements Content.Rows {
    private static final int PORTION = 1_000;

    private final Database database;
    private final RowCursor rows;
    private final Shown shown;

    RelatedCursor(Database database, RowCursor rows, Shown shown) {
        this.database = database;
        this.rows = rows;
        this.shown = shown;
    }

    @Override
    public RowShape shape() {
        return shown.shape();
    }

    @Override
    public void drainTo(RowSink sink) {
        Portion portion = new Portion(sink);
        rows.drainTo(portion);
        portion.pass();
    }

    @Override
    public Map<String, Object> meta() {
        return rows.meta();
    }

    @Override
    public void close() {
        rows.close();
    }

    /** Holds rows back until their related ones are read. */
    private final class Portion extends RowBuilder {
        private final RowSink sink;
        private final List<Row> held = new ArrayList<>();

        Portion(RowSink sink) {
            super(shown.read().shape().size());
            this.sink = sink;
        }

        @Override
        public void endRow() {
            held.add(row(shown.read().shape()));
            if (held.size() == PORTION) {
                pass();
            }
        }

        void pass() {
            try {
                shown.complete(rows.connection(), held).forEach(row -> push(row, sink));
                held.clear();
            } catch (SQLException e) {
                throw database.failedLate(e);
            }
        }
    }

    private static void push(Row row, RowSink sink) {
        sink.beginRow();
        for (int i = 0; i < row.shape().size(); i++) {
            push(i, row.value(i), sink);
        }
        sink.endRow();
    }

    private static void push(int column, @Nullable Object value, RowSink sink) {
        switch (value) {
            case null -> sink.nothing(column);
            case Integer whole -> sink.integer(column, whole);
            case Long whole -> sink.integer(column, whole);
            case Double real -> sink.real(column, real);
            case BigDecimal digits -> sink.decimal(column, digits.toPlainString());
            case Boolean truth -> sink.bool(column, truth);
            case String text -> sink.text(column, text);
            default -> sink.tree(column, value);
        }
    }
}
