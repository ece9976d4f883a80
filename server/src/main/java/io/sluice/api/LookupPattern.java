package io.sluice.api;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code {name}} and {@code {function(name)}} in a text, functions within each other too. There is no blank in a pattern, and a
 * {@code ${name}} is none: that is how JavaScript and PHP speak of their own variables. Names that
 * stand for nothing, and functions that are not in the list, stay as they are. Pure.
 */
public final class LookupPattern {
    private static final Pattern PATTERN = Pattern.compile("(?<!\\$)\\{(\\w[\\w.\\-()|]*)\\}");
    private static final Pattern FUNCTION = Pattern.compile("(\\w+)\\((.*)\\)");
    private static final Map<String, UnaryOperator<String>> FUNCTIONS = Map.ofEntries(
            Map.entry("strtoupper", text -> text.toUpperCase(Locale.ROOT)),
            Map.entry("strtolower", text -> text.toLowerCase(Locale.ROOT)),
            Map.entry("ucfirst", text -> first(text, true)),
            Map.entry("lcfirst", text -> first(text, false)),
            Map.entry("ucwords", LookupPattern::words),
            Map.entry("urlencode", text -> URLEncoder.encode(text, StandardCharsets.UTF_8)),
            Map.entry("urldecode", text -> URLDecoder.decode(text, StandardCharsets.UTF_8)),
            Map.entry(
                    "rawurlencode",
                    text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")),
            Map.entry("rawurldecode", text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)),
            Map.entry(
                    "base64_encode", text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
            Map.entry("base64_decode", text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)),
            Map.entry("trim", String::trim));

    private LookupPattern() {}

    /** The names that stand in the text, without their functions. */
    public static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        if (text.indexOf('{') >= 0) {
            PATTERN.matcher(text).results().forEach(found -> names.add(name(found.group(1))));
        }
        return names;
    }

    private static String name(String expression) {
        Matcher call = FUNCTION.matcher(expression);
        return call.matches() ? name(call.group(2)) : expression;
    }

    /** The text with the value of each name that has one. */
    public static String replace(String text, Function<String, Optional<String>> values) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        return PATTERN.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(value(found.group(1), values).orElse(found.group())));
    }

    private static Optional<String> value(String expression, Function<String, Optional<String>> values) {
        Matcher call = FUNCTION.matcher(expression);
        return call.matches()
                ? value(call.group(2), values).flatMap(inner -> applied(call.group(1), inner))
                : values.apply(expression);
    }

    private static Optional<String> applied(String function, String value) {
        UnaryOperator<String> change = FUNCTIONS.get(function.toLowerCase(Locale.ROOT));
        try {
            return change == null ? Optional.empty() : Optional.of(change.apply(value));
        } catch (IllegalArgumentException e) {
            // A value that cannot be decoded stands for nothing, like a name that nobody knows.
            return Optional.empty();
        }
    }

    private static String first(String text, boolean upper) {
        if (text.isEmpty()) {
            return text;
        }
        String head = text.substring(0, 1);
        return (upper ? head.toUpperCase(Locale.ROOT) : head.toLowerCase(Locale.ROOT)) + text.substring(1);
    }

    private static String words(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (i == 0 || Character.isWhitespace(out.charAt(i - 1))) {
                out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
            }
        }
        return out.toString();
    }
}
