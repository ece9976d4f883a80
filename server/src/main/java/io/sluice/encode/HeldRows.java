package io.sluice.encode;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.Utf8Buffer;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that were taken into memory as JSON: through {@link JsonRowSink} like those of a cursor. */
final class HeldRows {
    private final Utf8Buffer json;
    private final OutputStream out;
    private @Nullable RowShape shape;
    private @Nullable JsonRowSink sink;

    HeldRows(Utf8Buffer json, OutputStream out) {
        this.json = json;
        this.out = out;
    }

    /** A script may have put other things between the rows. */
    void write(List<?> elements, boolean asArray) {
        if (asArray) {
            json.ascii('[');
        }
        boolean first = true;
        for (Object element : elements) {
            if (!first) {
                json.ascii(',');
            }
            first = false;
            if (element instanceof Row row) {
                row(row);
            } else {
                json.empty();
                JsonWriter.tree(element, out);
            }
        }
        if (asArray) {
            json.ascii(']');
        }
    }

    private void row(Row row) {
        JsonRowSink cells = sink(row.shape());
        cells.beginFirstRow();
        int size = row.shape().size();
        int column = 0;
        while (column < size) {
            int until = row.heldUntil(column);
            if (until > column) {
                cells.held(row, column, until);
                column = until;
            } else {
                if (row.present(column)) {
                    cell(cells, column, row.value(column));
                }
                column++;
            }
        }
        cells.endRow();
    }

    /** Neighbours share their shape. */
    private JsonRowSink sink(RowShape wanted) {
        JsonRowSink known = sink;
        if (known == null || shape != wanted) {
            known = new JsonRowSink(json, out, wanted, false);
            sink = known;
            shape = wanted;
        }
        return known;
    }

    private static void cell(JsonRowSink cells, int column, @Nullable Object value) {
        switch (value) {
            case null -> cells.nothing(column);
            case String text -> cells.text(column, text);
            case Integer number -> cells.integer(column, number);
            case Long number -> cells.integer(column, number);
            case Boolean flag -> cells.bool(column, flag);
            case Double number -> cells.real(column, number);
            case BigDecimal number -> cells.decimal(column, number.toString());
            default -> cells.tree(column, value);
        }
    }
}
