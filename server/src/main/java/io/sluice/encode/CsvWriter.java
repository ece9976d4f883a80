package io.sluice.encode;

import io.sluice.api.Content;
import io.sluice.api.RowShape;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSV: the keys of the first row are the header line, a cell that holds a comma, quote, blank, tab or line break is quoted, null is
 * empty, true is {@code 1}, false is empty, what is nested is JSON text. No rows, no bytes.
 */
final class CsvWriter implements TextRowSink {
    private final Writer out;
    private final List<String> header;
    private boolean begun;

    private CsvWriter(OutputStream out, List<String> header) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 8192);
        this.header = header;
    }

    static void tree(@Nullable Object value, OutputStream out) throws IOException {
        List<?> rows = rowsOf(value);
        List<String> header = rows.isEmpty() || !(rows.getFirst() instanceof Map<?, ?> first)
                ? List.of()
                : first.keySet().stream().map(String::valueOf).toList();
        CsvWriter csv = new CsvWriter(out, header);
        for (Object row : rows) {
            csv.row(row);
        }
        csv.out.flush();
    }

    static void rows(Content.Rows rows, OutputStream out) throws IOException {
        RowShape shape = rows.shape();
        CsvWriter csv = new CsvWriter(out, shape.names());
        rows.drainTo(csv);
        csv.out.flush();
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
            case Boolean bool -> raw(bool ? "1" : "");
            case Map<?, ?> map -> quoted(JsonWriter.text(map));
            case Iterable<?> list -> quoted(JsonWriter.text(list));
            default -> quoted(value.toString());
        }
    }

    private void separate(int column) {
        if (column > 0) {
            raw(",");
        }
    }

    private void quoted(String text) {
        if (isPlain(text)) {
            raw(text);
            return;
        }
        raw("\"");
        raw(text.indexOf('"') < 0 ? text : text.replace("\"", "\"\""));
        raw("\"");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (", \"\t\n\r".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void raw(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        raw("\n");
    }

    @Override
    public void nothing(int column) {
        separate(column);
    }

    @Override
    public void bool(int column, boolean value) {
        separate(column);
        raw(value ? "1" : "");
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
        raw("\n");
    }
}
