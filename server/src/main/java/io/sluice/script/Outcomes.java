package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.Where;
import io.sluice.script.Scripts.Ran;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how a run ended. Pure. */
final class Outcomes {
    private static final String BUSY_SECONDS = "1";

    private Outcomes() {}

    static Ran read(ScriptDefinition script, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed(boolean returned, @Nullable Object value) ->
                returned && value instanceof Map<?, ?> map && !empty(map.get("error"))
                        ? new Ran.Failed(returned(map.get("error")))
                        : new Ran.Completed(script, returned, value);
            case Outcome.Threw threw -> new Ran.Failed(ApiError.of(status(threw.status()), threw.message()));
            case Outcome.Stopped(Run.Limit limit, String message) -> stopped(limit, message);
        };
    }

    /** {@code ok}, or what went wrong and where. */
    static String words(Outcome outcome, Ran ran) {
        return switch (outcome) {
            case Outcome.Completed done ->
                ran instanceof Ran.Failed failed ? "error: " + failed.error().message() : "ok";
            case Outcome.Threw threw ->
                "threw: " + threw.message() + (threw.where().known() ? " (" + threw.where() + ")" : "");
            case Outcome.Stopped stopped -> "stopped: " + stopped.message();
        };
    }

    /** Where in the script it went wrong. */
    static Where where(Outcome outcome) {
        return outcome instanceof Outcome.Threw threw ? threw.where() : Where.UNKNOWN;
    }

    private static Ran stopped(Run.Limit limit, String message) {
        return switch (limit) {
            case TIME -> new Ran.Failed(ApiError.because(504, "script_timeout", message));
            case MEMORY -> new Ran.Failed(ApiError.because(500, "script_memory", message));
            case OUTPUT -> new Ran.Failed(ApiError.because(500, "script_output", message));
            case BUSY ->
                new Ran.Failed(
                        ApiError.because(503, "script_busy", message), Map.of("Retry-After", BUSY_SECONDS), true);
        };
    }

    /** A script that returns an {@code error} fails with it. */
    private static ApiError returned(@Nullable Object error) {
        if (!(error instanceof Map<?, ?> map)) {
            return ApiError.of(500, String.valueOf(error));
        }
        int status = map.get("status_code") instanceof Number given ? status(given.intValue()) : 500;
        int code = map.get("code") instanceof Number given ? given.intValue() : status;
        @Nullable Object message = map.get("message");
        String words = empty(message) ? "Unknown scripting error." : String.valueOf(message);
        return new ApiError(status, code, words, map.get("context"));
    }

    private static int status(int asked) {
        return asked >= 400 && asked <= 599 ? asked : 500;
    }

    /** As the API's scripts know it: null, false, 0, empty text and empty collections say nothing. */
    private static boolean empty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case String text -> text.isEmpty() || text.equals("0");
            case Collection<?> items -> items.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }
}
