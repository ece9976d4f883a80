package io.sluice.api.filter;

import java.util.Locale;

/** LIKE over text in memory, any case: {@code %} is any run, {@code _} one character, a backslash takes the next as it is. */
final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        return matchesLower(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }

    /** Remembers the last {@code %} only: a later one makes all earlier ones settled, so there is no exponential search. */
    private static boolean matchesLower(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%') {
                star = ++p;
                resume = t;
            } else if (p < pattern.length() && fits(pattern, p, text.charAt(t))) {
                p = next(pattern, p);
                t++;
            } else if (star >= 0) {
                p = star;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean fits(String pattern, int p, char c) {
        return isEscape(pattern, p) ? pattern.charAt(p + 1) == c : pattern.charAt(p) == '_' || pattern.charAt(p) == c;
    }

    private static int next(String pattern, int p) {
        return p + (isEscape(pattern, p) ? 2 : 1);
    }

    private static boolean isEscape(String pattern, int p) {
        return pattern.charAt(p) == '\\' && p + 1 < pattern.length();
    }
}
