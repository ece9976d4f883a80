package io.sluice.webhook;

import java.util.regex.Pattern;

/** A pattern for names with slashes: {@code *} is any text without a slash, {@code **} any text, {@code ?} one character. */
record Glob(Pattern pattern) {
    private static final int MOST_STARS = 8;

    /** Patterns with many stars could take long on long names. */
    static boolean isUsable(String text) {
        return !text.isBlank()
                && text.length() <= 255
                && text.replace("**", "*").chars().filter(c -> c == '*').count() <= MOST_STARS;
    }

    static Glob of(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (text.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
