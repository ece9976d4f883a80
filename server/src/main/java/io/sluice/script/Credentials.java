package io.sluice.script;

import io.sluice.api.Caller;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the caller's credentials out of what scripts see. Pure. */
final class Credentials {
    private static final Set<String> PARAMETERS = Set.of("api_key", "session_token", "script_token");
    private static final Set<String> HEADERS = Set.of(
            "x-dreamfactory-api-key",
            "x-api-key",
            "x-dreamfactory-session-token",
            "x-dreamfactory-script-token",
            "authorization",
            "proxy-authorization",
            "cookie");

    private Credentials() {}

    static Map<String, @Nullable Object> headers(Map<String, String> headers, String token) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        headers.forEach((name, value) -> shown.put(name, header(name, value, token)));
        return shown;
    }

    private static String header(String name, String value, String token) {
        if (!HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            return value;
        }
        int blank = value.indexOf(' ');
        return name.endsWith("authorization") && blank > 0 ? value.substring(0, blank + 1) + token : token;
    }

    static Map<String, @Nullable Object> parameters(Map<String, Object> parameters, String token) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        parameters.forEach((name, value) -> shown.put(name, PARAMETERS.contains(name) ? token : EventData.copy(value)));
        return shown;
    }

    /** A body may carry the caller's key and token too, beside its data. */
    static @Nullable Object payload(@Nullable Object payload, Caller caller, String token) {
        if (payload instanceof Map<?, ?> map && map.keySet().stream().anyMatch(PARAMETERS::contains)) {
            Map<Object, @Nullable Object> shown = new LinkedHashMap<>(map);
            shown.replaceAll(
                    (name, value) -> value != null && PARAMETERS.contains(name) && isOf(caller, value) ? token : value);
            return shown;
        }
        return payload;
    }

    private static boolean isOf(Caller caller, Object value) {
        return caller.apiKey().filter(value::equals).isPresent()
                || caller.token().filter(value::equals).isPresent();
    }

    static String text(String text, Caller caller, String token) {
        String shown = caller.apiKey().map(key -> text.replace(key, token)).orElse(text);
        String before = shown;
        return caller.token().map(sent -> before.replace(sent, token)).orElse(shown);
    }

    static String uri(String uri, String token) {
        int query = uri.indexOf('?');
        if (query < 0) {
            return uri;
        }
        StringBuilder shown = new StringBuilder(uri.substring(0, query + 1));
        String[] pairs = uri.substring(query + 1).split("&", -1);
        for (int i = 0; i < pairs.length; i++) {
            int eq = pairs[i].indexOf('=');
            boolean secret = eq >= 0 && PARAMETERS.contains(decode(pairs[i].substring(0, eq)));
            shown.append(i == 0 ? "" : "&").append(secret ? pairs[i].substring(0, eq + 1) + token : pairs[i]);
        }
        return shown.toString();
    }

    private static String decode(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No parameter of ours has a malformed name.
            return name;
        }
    }
}
