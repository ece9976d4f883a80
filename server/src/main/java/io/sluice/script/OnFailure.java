package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.script.Cell.Failure;
import io.sluice.script.Loader.Loaded;
import io.sluice.script.ScriptDefinition.OnFetchError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a call does when a look gave no new text. Pure. */
final class OnFailure {
    private OnFailure() {}

    static Loaded decide(ScriptDefinition script, Failure failure, Optional<Version> good, Instant now) {
        boolean passing = failure.reason().passing();
        if (good.isPresent() && !(passing && script.onFetchError() == OnFetchError.FAIL)) {
            return new Loaded.Ready(good.get());
        }
        if (passing && script.onFetchError() == OnFetchError.SKIP) {
            return new Loaded.Skip(failure.why());
        }
        long seconds = Math.max(1, Duration.between(now, failure.askAgain()).toSeconds());
        return switch (failure.reason()) {
            case UNREADABLE -> unavailable(script, " cannot be read from its source now", good, seconds);
            case NOT_NOW -> unavailable(script, " cannot run: " + failure.why(), good, seconds);
            case UNCOMPILABLE -> uncompilable(script.id(), failure.why());
            case NO_ENGINE -> noEngine(script, failure.why());
        };
    }

    /** The answer when the version that runs cannot be compiled at this moment. */
    static Loaded.Unavailable notNow(ScriptId script, String why, long seconds) {
        return unavailable("The script " + script + " was not run: " + why + ".", seconds);
    }

    /** The answer for a text that is no program; the words of the engine hold line and column. */
    static Loaded.Unavailable uncompilable(ScriptId script, String where) {
        return new Loaded.Unavailable(
                ApiError.because(500, "script_compile_failed", "The script " + script + " does not compile: " + where),
                Map.of());
    }

    /** The answer when too many calls wait for a script already. */
    static Loaded.Unavailable crowded(int most) {
        return new Loaded.Unavailable(
                ApiError.because(
                        503,
                        "script_busy",
                        "Nothing was done: " + most + " calls wait for their scripts already. Try again later, or raise"
                                + " scripts.queue."),
                Map.of("Retry-After", "1"));
    }

    /** The answer when a value of the caller would be program. */
    static Loaded.Unavailable harmful(ScriptDefinition script, String name) {
        return new Loaded.Unavailable(
                ApiError.because(
                        500,
                        "script_lookup",
                        "The script " + script.id() + " was not run: the value of {" + name
                                + "} holds other characters than"
                                + " letters, digits, blanks and . _ @ + -, so it is not put into a program. Use platform.session."
                                + name + " in the script."),
                Map.of());
    }

    /** @param why in words that say what to do */
    static Loaded.Unavailable noEngine(ScriptDefinition script, String why) {
        return new Loaded.Unavailable(
                ApiError.because(
                        501,
                        "script_language_unavailable",
                        "The script " + script.id() + " is written in '" + script.type() + "'. " + why),
                Map.of());
    }

    private static Loaded unavailable(ScriptDefinition script, String why, Optional<Version> good, long seconds) {
        String so = good.isPresent()
                ? ", and its record says that then the call fails."
                : ", and no good version of it is kept.";
        return unavailable("The script " + script.id() + why + so, seconds);
    }

    private static Loaded.Unavailable unavailable(String message, long seconds) {
        return new Loaded.Unavailable(
                ApiError.because(503, "script_unavailable", message + " Try again in " + seconds + " s."),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    /** What happens now, for the log. */
    static String next(ScriptDefinition script, Optional<Version> good) {
        if (good.isPresent() && script.onFetchError() != OnFetchError.FAIL) {
            return "version " + good.get().number() + " keeps running";
        }
        return script.onFetchError() == OnFetchError.SKIP
                ? "calls go on without it"
                : "calls that need it fail until a good text comes";
    }
}
