package io.sluice.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the text of a script.
 *
 * @param file as in {@link SourceSet}: {@code orders.js}; empty when unknown
 * @param line from 1, 0 when unknown
 * @param column from 1, 0 when unknown
 * @param source the line itself without the blanks around it, shortened; empty when unknown
 */
public record Where(String file, int line, int column, String source) {
    public static final Where UNKNOWN = new Where("", 0, 0, "");

    private static final Pattern TEXT =
            Pattern.compile("(?<file>.*?) line (?<line>\\d{1,9})(?:, column (?<column>\\d{1,9}))?(?:: (?<source>.*))?");
    private static final int WIDTH = 160;

    /** The place in that text; the source line is looked up in it. */
    public static Where in(SourceSet text, int line, int column) {
        String[] lines = text.text().split("\r\n|[\n\r\u2028\u2029]", -1);
        boolean there = line >= 1 && line <= lines.length;
        return new Where(text.name(), line, column, there ? clip(lines[line - 1].strip()) : "");
    }

    /** Reads what {@link #toString} says; anything else is unknown. */
    public static Where parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return UNKNOWN;
        }
        String column = found.group("column");
        String source = found.group("source");
        return new Where(
                found.group("file"),
                Integer.parseInt(found.group("line")),
                column == null ? 0 : Integer.parseInt(column),
                source == null ? "" : source);
    }

    /** The same place, its line in other words: to take secrets out of it. */
    public Where withSource(String other) {
        return new Where(file, line, column, other);
    }

    public boolean known() {
        return line > 0;
    }

    /** A source line, short enough for a message. */
    public static String clip(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
    }

    /** {@code orders.js line 4, column 7: return e.x.y}; empty when unknown. */
    @Override
    public String toString() {
        if (!known()) {
            return "";
        }
        return file + " line " + line + (column == 0 ? "" : ", column " + column)
                + (source.isEmpty() ? "" : ": " + source);
    }
}
