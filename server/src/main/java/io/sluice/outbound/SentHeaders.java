package io.sluice.outbound;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers of a request, checked. Names keep their spelling. */
final class SentHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Decided by us: they say how the message is framed, packed and routed. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding",
            "http2-settings");

    /** What names of headers with credentials have in them. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("auth|cookie|key|token|secret|passw|session|signature|credential");

    private final Map<String, String> headers;

    private SentHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    static SentHeaders of(OutboundCall call, Target target) {
        return of(call.headers(), target);
    }

    static SentHeaders of(Map<String, String> given, Target target) {
        Map<String, String> checked = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            check(name, value);
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OURS.contains(lower) && !lower.startsWith("proxy-")) {
                checked.put(name, value.strip());
            }
        });
        target.credentials()
                .filter(known -> checked.keySet().stream().noneMatch("authorization"::equalsIgnoreCase))
                .ifPresent(known -> checked.put("Authorization", basic(known)));
        return new SentHeaders(checked);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** A line break in a header would be a header, or a request, of its own. */
    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new MalformedCall("A header has a name that HTTP does not know.");
        }
        if (value.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f || c > 0xff)) {
            throw new MalformedCall("The header '" + name + "' holds a character that cannot be sent.");
        }
    }

    /** What may be shown to another host. */
    SentHeaders withoutCredentials() {
        return without(CREDENTIAL);
    }

    /** When a redirect turns a call into a GET. */
    SentHeaders withoutContent() {
        return without(Pattern.compile("^content-"));
    }

    private SentHeaders without(Pattern names) {
        Map<String, String> left = new LinkedHashMap<>(headers);
        left.keySet()
                .removeIf(name -> names.matcher(name.toLowerCase(Locale.ROOT)).find());
        return new SentHeaders(left);
    }

    Map<String, String> all() {
        return headers;
    }
}
