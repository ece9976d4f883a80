package io.sluice.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cURL options that PHP scripts give with a call, by name ({@code CURLOPT_USERPWD}) or number (10005). Numbers are those of
 * {@code curl.h}. Certificates are checked whatever CURLOPT_SSL_VERIFYPEER says.
 *
 * @param redirects how many are followed
 * @param timeout in milliseconds, 0 for none of its own
 */
record CurlOptions(
        Map<String, String> headers,
        Optional<String> method,
        @Nullable Object body,
        int redirects,
        long timeout) {

    private static final int MOST_REDIRECTS = 10;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("10005", "USERPWD"),
            Map.entry("10173", "USERNAME"),
            Map.entry("10174", "PASSWORD"),
            Map.entry("10220", "XOAUTH2_BEARER"),
            Map.entry("10023", "HTTPHEADER"),
            Map.entry("10018", "USERAGENT"),
            Map.entry("10016", "REFERER"),
            Map.entry("10022", "COOKIE"),
            Map.entry("10015", "POSTFIELDS"),
            Map.entry("10036", "CUSTOMREQUEST"),
            Map.entry("13", "TIMEOUT"),
            Map.entry("155", "TIMEOUT_MS"),
            Map.entry("52", "FOLLOWLOCATION"),
            Map.entry("68", "MAXREDIRS"),
            Map.entry("78", "CONNECTTIMEOUT"),
            Map.entry("156", "CONNECTTIMEOUT_MS"),
            Map.entry("107", "HTTPAUTH"),
            Map.entry("10102", "ENCODING"),
            Map.entry("64", "SSL_VERIFYPEER"),
            Map.entry("81", "SSL_VERIFYHOST"),
            Map.entry("32", "SSLVERSION"),
            Map.entry("84", "HTTP_VERSION"),
            Map.entry("41", "VERBOSE"),
            Map.entry("42", "HEADER"),
            Map.entry("45", "FAILONERROR"),
            Map.entry("47", "POST"),
            Map.entry("80", "HTTPGET"),
            Map.entry("99", "NOSIGNAL"),
            Map.entry("113", "IPRESOLVE"),
            Map.entry("74", "FRESH_CONNECT"),
            Map.entry("75", "FORBID_REUSE"),
            Map.entry("58", "AUTOREFERER"),
            Map.entry("19913", "RETURNTRANSFER"));

    /** They change nothing of what a script sees here. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "CONNECTTIMEOUT",
            "CONNECTTIMEOUT_MS",
            "HTTPAUTH",
            "ENCODING",
            "ACCEPT_ENCODING",
            "SSL_VERIFYPEER",
            "SSL_VERIFYHOST",
            "SSLVERSION",
            "HTTP_VERSION",
            "VERBOSE",
            "HEADER",
            "FAILONERROR",
            "POST",
            "HTTPGET",
            "NOSIGNAL",
            "IPRESOLVE",
            "FRESH_CONNECT",
            "FORBID_REUSE",
            "AUTOREFERER",
            "RETURNTRANSFER");

    /**
     * Whether that is the name or number of an option.
     *
     * @param key of a script's options
     */
    static boolean isOption(String key) {
        return key.startsWith("CURLOPT_") || NAMES.containsKey(key) || !key.isEmpty() && key.chars().allMatch(Character::isDigit);
    }

    /** @throws IllegalArgumentException in words for the script's author: an option that we do not have */
    static CurlOptions read(Map<String, @Nullable Object> options) {
        Map<String, @Nullable Object> named = named(options);
        Map<String, String> headers = new LinkedHashMap<>();
        headerLines(named.get("HTTPHEADER"), headers);
        header(headers, "User-Agent", named.get("USERAGENT"));
        header(headers, "Referer", named.get("REFERER"));
        header(headers, "Cookie", named.get("COOKIE"));
        authorization(named).ifPresent(value -> headers.putIfAbsent("Authorization", value));
        boolean follow = !named.containsKey("FOLLOWLOCATION") || isTrue(named.get("FOLLOWLOCATION"));
        long most = number(named, "MAXREDIRS", MOST_REDIRECTS);
        return new CurlOptions(
                headers,
                Optional.ofNullable(named.get("CUSTOMREQUEST")).map(Object::toString),
                named.get("POSTFIELDS"),
                !follow ? 0 : most < 0 ? MOST_REDIRECTS : (int) Math.min(most, MOST_REDIRECTS),
                number(named, "TIMEOUT_MS", number(named, "TIMEOUT", 0) * 1000));
    }

    private static Map<String, @Nullable Object> named(Map<String, @Nullable Object> options) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        options.forEach((key, value) -> {
            if (isOption(key)) {
                String upper = key.toUpperCase(Locale.ROOT);
                String name = upper.startsWith("CURLOPT_") ? upper.substring(8) : NAMES.getOrDefault(key, "");
                if (name.isEmpty() || !NAMES.containsValue(name) && !WITHOUT_EFFECT.contains(name)) {
                    throw new IllegalArgumentException("The cURL option " + key + " is not known here.");
                }
                named.put(name, value);
            }
        });
        return named;
    }

    private static Optional<String> authorization(Map<String, @Nullable Object> named) {
        @Nullable Object bearer = named.get("XOAUTH2_BEARER");
        if (bearer != null) {
            return Optional.of("Bearer " + bearer);
        }
        @Nullable Object user = named.get("USERNAME");
        @Nullable Object password = named.get("PASSWORD");
        @Nullable Object both = user == null
                ? named.get("USERPWD")
                : user + ":" + (password == null ? "" : password);
        return both == null
                ? Optional.empty()
                : Optional.of("Basic "
                        + Base64.getEncoder().encodeToString(both.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void header(Map<String, String> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.putIfAbsent(name, value.toString());
        }
    }

    /** A list of {@code Name: value}, or a map. */
    static void headerLines(@Nullable Object given, Map<String, String> headers) {
        switch (given) {
            case Map<?, ?> map -> map.forEach((name, value) -> {
                if (String.valueOf(name).chars().allMatch(Character::isDigit)) {
                    line(String.valueOf(value), headers);
                } else {
                    headers.put(String.valueOf(name), String.valueOf(value));
                }
            });
            case List<?> list -> list.forEach(line -> line(String.valueOf(line), headers));
            case null -> {}
            default -> line(given.toString(), headers);
        }
    }

    private static void line(String line, Map<String, String> headers) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    private static long number(Map<String, @Nullable Object> named, String name, long otherwise) {
        @Nullable Object value = named.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return (long) Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The cURL option CURLOPT_" + name + " must be a number.", e);
        }
    }

    private static boolean isTrue(@Nullable Object value) {
        return value != null && !Set.of("", "0", "false").contains(value.toString());
    }
}
