package io.sluice.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as text, to {@code {"resource": [{…}]}}: the first line names the columns, values are strings, an empty value without
 * quotes is null. Lines end in LF or CRLF; quotes inside quotes are doubled. Pure.
 */
final class CsvReader {
    private final String text;
    private int at;
    private int line = 1;

    private CsvReader(String text) {
        this.text = text;
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    static Map<String, Object> read(String text) {
        CsvReader reader = new CsvReader(text);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (reader.skipEmptyLines()) {
            List<@Nullable String> header = reader.row();
            while (reader.skipEmptyLines()) {
                int line = reader.line;
                rows.add(record(header, reader.row(), line));
            }
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("resource", rows);
        return payload;
    }

    private static Map<String, @Nullable Object> record(
            List<@Nullable String> header, List<@Nullable String> row, int line) {
        if (row.size() != header.size()) {
            throw ApiException.badRequest("Line " + line + " of the CSV has " + row.size()
                    + " values, but its first line names " + header.size() + " columns.");
        }
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            @Nullable String name = header.get(i);
            record.put(name == null ? "" : name.strip(), row.get(i));
        }
        return record;
    }

    /** False at the end. */
    private boolean skipEmptyLines() {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            newline();
        }
        return at < text.length();
    }

    private List<@Nullable String> row() {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(cell());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            cells.add(cell());
        }
        if (at < text.length()) {
            newline();
        }
        return cells;
    }

    private void newline() {
        if (text.charAt(at) == '\n') {
            line++;
        }
        at++;
    }

    private @Nullable String cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int from = at;
        while (at < text.length() && !endsCell(text.charAt(at))) {
            at++;
        }
        return at == from ? null : text.substring(from, at);
    }

    private String quoted() {
        int opened = line;
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && (at == text.length() || text.charAt(at) != '"')) {
                expectEndOfCell();
                return cell.toString();
            }
            at += c == '"' ? 1 : 0;
            line += c == '\n' ? 1 : 0;
            cell.append(c);
        }
        throw ApiException.badRequest("The CSV opens a quote in line " + opened + " and never closes it.");
    }

    private void expectEndOfCell() {
        if (at < text.length() && !endsCell(text.charAt(at))) {
            throw ApiException.badRequest(
                    "Line " + line + " of the CSV goes on after a closing quote; double quotes inside values.");
        }
    }

    private static boolean endsCell(char c) {
        return c == ',' || c == '\n' || c == '\r';
    }
}
