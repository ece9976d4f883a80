package io.sluice.encode;

import io.sluice.api.Content;
import io.sluice.api.RowShape;
import io.sluice.api.Utf8Buffer;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSV: the keys of the first row are the header line, a cell that holds a comma, quote, blank, tab or line break is quoted, null is
 * empty, true is {@code 1}, false is empty, what is nested is JSON text. No rows, no bytes.
 */
final class CsvWriter implements TextRowSink {
    private static final boolean[] PLAIN = tableWithout(", \"\t\n\r");
    private static final boolean[] QUOTED = tableWithout("\"");

    private final Utf8Buffer out;
    private final List<String> header;
    private boolean begun;

    private CsvWriter(OutputStream out, List<String> header) {
        this.out = new Utf8Buffer(out);
        this.header = header;
    }

    private static boolean[] tableWithout(String special) {
        boolean[] table = new boolean[0x80];
        Arrays.fill(table, true);
        special.chars().forEach(c -> table[c] = false);
        return table;
    }

    static void tree(@Nullable Object value, OutputStream out) {
        List<?> rows = rowsOf(value);
        List<String> header = rows.isEmpty() || !(rows.getFirst() instanceof Map<?, ?> first)
                ? List.of()
                : first.keySet().stream().map(String::valueOf).toList();
        CsvWriter csv = new CsvWriter(out, header);
        for (Object row : rows) {
            csv.row(row);
        }
        csv.out.empty();
    }

    static void rows(Content.Rows rows, OutputStream out) {
        RowShape shape = rows.shape();
        CsvWriter csv = new CsvWriter(out, shape.names());
        rows.drainTo(csv);
        csv.out.empty();
    }

    private static List<?> rowsOf(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Map<?, ?> map when map.containsKey("resource") -> rowsOf(map.get("resource"));
            case Map<?, ?> map when map.containsKey("error") -> rowsOf(map.get("error"));
            case Collection<?> list ->
                List.copyOf(list.stream().map(CsvWriter::orEmpty).toList());
            default -> List.of(value);
        };
    }

    private static Object orEmpty(@Nullable Object row) {
        return row == null ? "" : row;
    }

    /** Rows that are no maps are one cell each. */
    private void row(Object row) {
        beginRow();
        if (row instanceof Map<?, ?> map && !header.isEmpty()) {
            for (int column = 0; column < header.size(); column++) {
                separate(column);
                value(map.get(header.get(column)));
            }
        } else {
            value(row);
        }
        endRow();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Boolean bool -> out.ascii(bool ? "1" : "");
            case Map<?, ?> map -> quoted(JsonWriter.text(map));
            case Iterable<?> list -> quoted(JsonWriter.text(list));
            default -> quoted(value.toString());
        }
    }

    private void separate(int column) {
        if (column > 0) {
            out.ascii(',');
        }
    }

    private void quoted(String text) {
        if (isPlain(text)) {
            copy(text, PLAIN);
            return;
        }
        out.ascii('"');
        copy(text, QUOTED);
        out.ascii('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < PLAIN.length && !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    /** A quote inside quotes is doubled. */
    private void copy(String text, boolean[] table) {
        int at = out.copy(text, 0, table);
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                out.ascii('"');
            }
            at = out.copy(text, out.character(text, at), table);
        }
    }

    @Override
    public void beginRow() {
        if (begun || header.isEmpty()) {
            return;
        }
        begun = true;
        for (int column = 0; column < header.size(); column++) {
            separate(column);
            quoted(header.get(column));
        }
        out.ascii('\n');
    }

    @Override
    public void nothing(int column) {
        separate(column);
    }

    @Override
    public void bool(int column, boolean value) {
        separate(column);
        out.ascii(value ? "1" : "");
    }

    @Override
    public void integer(int column, long value) {
        separate(column);
        out.number(value);
    }

    @Override
    public void cell(int column, String text) {
        separate(column);
        quoted(text);
    }

    @Override
    public void tree(int column, @Nullable Object value) {
        separate(column);
        value(value);
    }

    @Override
    public void endRow() {
        out.ascii('\n');
    }

    @Override
    public void portionEnded() {
        out.flush();
    }
}
