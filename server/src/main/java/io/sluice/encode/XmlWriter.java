package io.sluice.encode;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.RowShape;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * XML: root {@code dfapi}, one element per key, list items repeat the name of their list, null is an empty element, an empty list is no
 * element at all. Names that XML does not allow get underscores.
 */
final class XmlWriter implements TextRowSink {
    private static final String ROOT = "dfapi";
    private static final String RESOURCE = "resource";
    private static final int MAX_DEPTH = 500;

    private final Writer out;
    private final String[] names;

    private XmlWriter(OutputStream out, String[] names) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 8192);
        this.names = names;
    }

    static void tree(@Nullable Object value, OutputStream out) throws IOException {
        XmlWriter xml = new XmlWriter(out, new String[0]);
        xml.begin();
        xml.children(value instanceof Iterable<?> list ? Map.of(RESOURCE, list) : value, 0);
        xml.end();
    }

    static void rows(Content.Rows rows, OutputStream out) throws IOException {
        XmlWriter xml = new XmlWriter(out, names(rows.shape()));
        xml.begin();
        rows.drainTo(xml);
        Map<String, Object> meta = rows.meta();
        if (!meta.isEmpty()) {
            xml.element("meta", meta, 0);
        }
        xml.end();
    }

    private static String[] names(RowShape shape) {
        return shape.names().stream().map(XmlWriter::name).toArray(String[]::new);
    }

    private void begin() {
        raw("<?xml version=\"1.0\" ?>");
        open(ROOT);
    }

    private void end() throws IOException {
        close(ROOT);
        out.flush();
    }

    /** What stands inside an element. */
    private void children(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ApiException(ApiError.of(500, "The answer is nested too deeply to be written."));
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> element(name(String.valueOf(key)), child, depth + 1));
        } else if (value != null) {
            escaped(value.toString());
        }
    }

    private void element(String name, @Nullable Object value, int depth) {
        if (value instanceof Iterable<?> list) {
            list.forEach(item -> item(name, item, depth));
            return;
        }
        open(name);
        children(value, depth);
        close(name);
    }

    /** A list inside a list keeps an element of its own, so that its bounds can be seen. */
    private void item(String name, @Nullable Object item, int depth) {
        open(name);
        children(item instanceof Iterable<?> inner ? Map.of(name, inner) : item, depth + 1);
        close(name);
    }

    private void open(String name) {
        raw("<");
        raw(name);
        raw(">");
    }

    private void close(String name) {
        raw("</");
        raw(name);
        raw(">");
    }

    private void raw(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void escaped(String text) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String replacement = replacement(text.charAt(i));
            if (!replacement.isEmpty()) {
                raw(text.substring(from, i));
                raw(replacement);
                from = i + 1;
            }
        }
        raw(from == 0 ? text : text.substring(from));
    }

    /** Control characters cannot stand in XML in any form. */
    private static String replacement(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\r' -> "&#13;";
            case '\n', '\t' -> "";
            default -> c < ' ' || c == 0xFFFE || c == 0xFFFF ? "\uFFFD" : "";
        };
    }

    private static String name(String key) {
        StringBuilder name = new StringBuilder(key);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.') {
                name.setCharAt(i, '_');
            }
        }
        boolean starts = !name.isEmpty() && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_');
        return starts ? name.toString() : "_" + name;
    }

    @Override
    public void beginRow() {
        open(RESOURCE);
    }

    @Override
    public void nothing(int column) {
        cell(column, "");
    }

    @Override
    public void bool(int column, boolean value) {
        cell(column, value ? "true" : "false");
    }

    @Override
    public void cell(int column, String text) {
        open(names[column]);
        escaped(text);
        close(names[column]);
    }

    @Override
    public void tree(int column, @Nullable Object value) {
        element(names[column], value, 1);
    }

    @Override
    public void endRow() {
        close(RESOURCE);
    }
}
