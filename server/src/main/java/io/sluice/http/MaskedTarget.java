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
