package io.sluice.access;

import io.sluice.api.Caller;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code {name}} and {@code {modifier(name)}} in a text by what it stands for in one call: {@code {user.id}},
 * {@code {role.name}}, {@code {app.id}}, {@code {session.token}} and the lookup records that are not private. What is unknown
 * stays as it is.
 */
record LookupText(Caller caller, Map<String, String> lookups) implements UnaryOperator<String> {
    private static final Pattern PATTERN = Pattern.compile("\\{(?:(\\w+)\\()?([\\w.-]+)\\)?\\}");
    private static final Map<String, UnaryOperator<String>> MODIFIERS = Map.ofEntries(
            Map.entry("strtoupper", text -> text.toUpperCase(Locale.ROOT)),
            Map.entry("strtolower", text -> text.toLowerCase(Locale.ROOT)),
            Map.entry("ucfirst", text -> first(text, true)),
            Map.entry("lcfirst", text -> first(text, false)),
            Map.entry("ucwords", LookupText::words),
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

    @Override
    public String apply(String text) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        Matcher matcher = PATTERN.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(2))
                .flatMap(value -> modified(found.group(1), value))
                .orElse(found.group())));
    }

    private static Optional<String> modified(@org.jspecify.annotations.Nullable String modifier, String value) {
        if (modifier == null) {
            return Optional.of(value);
        }
        UnaryOperator<String> change = MODIFIERS.get(modifier.toLowerCase(Locale.ROOT));
        try {
            return change == null ? Optional.empty() : Optional.of(change.apply(value));
        } catch (IllegalArgumentException e) {
            // A value that cannot be decoded stands for nothing, like a name that nobody knows.
            return Optional.empty();
        }
    }

    private Optional<String> value(String name) {
        return switch (name) {
            case "role.id" -> caller.role().map(role -> Long.toString(role.id()));
            case "role.name" -> caller.role().map(Caller.Role::name);
            case "app.id" -> caller.app().map(app -> Long.toString(app.id()));
            case "app.api_key" -> caller.apiKey();
            case "session.id", "session.token" -> caller.token();
            default ->
                name.startsWith("user.")
                        ? caller.person().flatMap(person -> user(person, name.substring(5)))
                        : Optional.ofNullable(lookups.get(name));
        };
    }

    private static Optional<String> user(Caller.Person person, String field) {
        return switch (field) {
            case "id" -> Optional.of(Long.toString(person.id()));
            case "name", "display_name" -> Optional.of(person.name());
            case "username" -> Optional.of(person.username());
            case "first_name" -> Optional.of(person.firstName());
            case "last_name" -> Optional.of(person.lastName());
            case "email" -> Optional.of(person.email());
            case "is_sys_admin" -> Optional.of(person.admin() ? "1" : "0");
            case "last_login_date" -> Optional.of(person.lastLoginDate());
            default -> Optional.empty();
        };
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
