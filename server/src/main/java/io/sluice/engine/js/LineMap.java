package io.sluice.engine.js;

import java.util.ArrayList;
import java.util.List;

/** From the columns of a text that was made of another to those of the other; lines are the same in both. Read from a source map. */
record LineMap(List<List<Span>> lines) {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** From a column on, both from 0. */
    record Span(int made, int original) {}

    /** @param mappings as in a source map of one source */
    static LineMap of(String mappings) {
        List<List<Span>> lines = new ArrayList<>();
        int original = 0;
        for (String line : mappings.split(";", -1)) {
            List<Span> spans = new ArrayList<>();
            int made = 0;
            for (String segment : line.split(",")) {
                int[] fields = numbers(segment);
                made += fields[0];
                original += fields[3];
                spans.add(new Span(made, original));
            }
            lines.add(spans);
        }
        return new LineMap(lines);
    }

    /** The first four numbers of a segment; those that it lacks are 0. */
    private static int[] numbers(String segment) {
        int[] fields = new int[5];
        int count = 0;
        int shift = 0;
        int value = 0;
        for (int i = 0; i < segment.length() && count < fields.length; i++) {
            int digit = DIGITS.indexOf(segment.charAt(i));
            value |= (digit & 31) << shift;
            shift += 5;
            if ((digit & 32) == 0) {
                fields[count++] = (value & 1) == 0 ? value >> 1 : -(value >> 1);
                shift = 0;
                value = 0;
            }
        }
        return fields;
    }

    /** Line and columns from 1. */
    int column(int line, int column) {
        if (line > lines.size()) {
            return column;
        }
        Span nearest = new Span(0, 0);
        for (Span span : lines.get(line - 1)) {
            if (span.made() <= column - 1) {
                nearest = span;
            }
        }
        return nearest.original() + (column - 1 - nearest.made()) + 1;
    }
}
