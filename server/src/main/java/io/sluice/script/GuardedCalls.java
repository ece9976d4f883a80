package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.engine.PlatformCalls;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Refuses what a script's record does not allow it: changes of the system's own records. */
final class GuardedCalls implements PlatformCalls {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final ScriptDefinition script;
    private final PlatformCalls calls;

    GuardedCalls(ScriptDefinition script, PlatformCalls calls) {
        this.script = script;
        this.calls = calls;
    }

    @Override
    public Answer call(Request request) {
        boolean refused = !script.allowSystem()
                && !READS.contains(request.method().strip().toUpperCase(Locale.ROOT))
                && service(request.path()).equals("system");
        return refused ? refusal() : calls.call(request);
    }

    @Override
    public Fetched fetch(Outward request) {
        return calls.fetch(request);
    }

    @Override
    public KeyValues store() {
        return calls.store();
    }

    private Answer refusal() {
        ApiError error = ApiError.because(
                403,
                "script_may_not_write_system",
                "The script " + script.id() + " may not change anything below 'system'. "
                        + "Set 'allow_system' on its record to let it.");
        return new Answer(403, "application/json", error.envelope(), Map.of());
    }

    /** The service that a path names, in lower case; read more liberally than any reader of paths may be. */
    static String service(String path) {
        String decoded = decode(path.strip()).toLowerCase(Locale.ROOT);
        int end = firstOf(decoded, "?#");
        String[] segments = decoded.substring(0, end).split("[/\\\\]+");
        int at = 0;
        while (at < segments.length && (segments[at].isBlank() || segments[at].equals("."))) {
            at++;
        }
        if (at + 1 < segments.length && segments[at].equals("api") && segments[at + 1].matches("v\\d[\\d.]*")) {
            at += 2;
        }
        return at < segments.length ? segments[at].strip() : "";
    }

    private static int firstOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A malformed escape is left for the reader of the call to refuse.
            return path;
        }
    }
}
