package io.sluice.engine.php;

/** The file that is run for a script's text. Pure. */
final class PhpText {
    private static final String OPENING = "<?php";

    /** Line numbers stay those of the text, and a last line that is a comment or lacks its semicolon is still ended. */
    private static final String END = "\n;return \\Sluice\\NOTHING;\n";

    private PhpText() {}

    /** Without the tags around it; what is returned tells whether the script returned something itself. */
    static String file(String text) {
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int begin = 0;
        while (begin < whole.length() && Character.isWhitespace(whole.charAt(begin))) {
            begin++;
        }
        String before = "";
        if (whole.regionMatches(true, begin, OPENING, 0, OPENING.length())) {
            before = whole.substring(0, begin);
            whole = whole.substring(begin + OPENING.length());
        }
        String ended = whole.stripTrailing();
        if (ended.endsWith("?>")) {
            whole = ended.substring(0, ended.length() - 2);
        }
        // declare(strict_types=1) and namespace must come first, so nothing stands between the tag and the text.
        return OPENING + " " + before + whole + END;
    }

    /** The line of that number, from 1; empty when there is none. */
    static String line(String text, int number) {
        return text.lines()
                .skip(Math.max(0, number - 1L))
                .findFirst()
                .orElse("")
                .strip();
    }
}
