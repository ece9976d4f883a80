package io.sluice.engine.js;

import io.sluice.engine.Where;
import java.util.Optional;

/**
 * A text as its author wrote it, to tell places in what was made of it.
 *
 * @param name as messages call it
 * @param map when the columns differ
 */
record Original(String name, String text, Optional<LineMap> map) {
    static Original of(String name, String text) {
        return new Original(name, text, Optional.empty());
    }

    /** Line and column from 1, as the author counts them. */
    int column(int line, int column) {
        return Math.max(1, map.map(one -> one.column(line, column)).orElse(column));
    }

    /** The text of a line, without the spaces around it; empty when there is none. */
    String line(int line) {
        String[] lines = lines();
        return line > lines.length ? "" : Where.clip(lines[line - 1].strip());
    }

    String[] lines() {
        return text.split("\r\n|[\n\r\u2028\u2029]", -1);
    }

    Where place(int line, int column) {
        return new Where(name, line, column(line, column), line(line));
    }
}
