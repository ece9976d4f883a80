package io.sluice.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The address of a call without the secrets in its query. */
final class MaskedTarget {
    private static final List<String> SECRET = List.of("api_key", "apikey", "token", "password", "secret");

    private MaskedTarget() {}

    static String of(String rawPath, String rawQuery) {
        if (rawQuery.isEmpty()) {
            return rawPath;
        }
        if (isHarmless(rawQuery)) {
            return rawPath + '?' + rawQuery;
        }
        StringBuilder masked = new StringBuilder(rawPath);
        char separator = '?';
        for (String pair : rawQuery.split("&")) {
            int eq = pair.indexOf('=');
            boolean hide = eq >= 0 && isSecret(pair.substring(0, eq));
            masked.append(separator).append(hide ? pair.substring(0, eq + 1) + "***" : pair);
            separator = '&';
        }
        return masked.toString();
    }

    /** Holds no such word, neither as it stands nor behind escapes: nearly every query. */
    private static boolean isHarmless(String rawQuery) {
        String lower = rawQuery.toLowerCase(Locale.ROOT);
        return lower.indexOf('%') < 0 && SECRET.stream().noneMatch(lower::contains);
    }

    private static boolean isSecret(String rawName) {
        String name = decoded(rawName).toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(name::contains);
    }

    private static String decoded(String rawName) {
        try {
            return URLDecoder.decode(rawName, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return rawName;
        }
    }
}
