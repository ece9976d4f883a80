package io.sluice.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the caller sees it. Messages are plain words: what happened, to what, what to do; never SQL, paths of the
 * server, class names or secrets.
 *
 * @param status HTTP status
 * @param code as in the body; the status unless the API defines another (1000 for batch errors)
 * @param context further data for programs, or null
 */
public record ApiError(
        int status, int code, String message, @Nullable Object context) {
    /** The code of every batch error. */
    public static final int BATCH = 1000;

    /** Messages repeat what a caller sent; nobody needs a megabyte of it back. */
    private static final int LONGEST = 2_000;

    public ApiError {
        message = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    }

    public static ApiError of(int status, String message) {
        return new ApiError(status, status, message, null);
    }

    public static ApiError of(int status, String message, @Nullable Object context) {
        return new ApiError(status, status, message, context);
    }

    /** An error with a reason that programs can tell apart: {@code error.context.reason}. */
    public static ApiError because(int status, String reason, String message) {
        return new ApiError(status, status, message, Map.of("reason", reason));
    }

    /** The inner object of the envelope, also the entry of a batch. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", code);
        map.put("context", context);
        map.put("message", message);
        map.put("status_code", status);
        return map;
    }

    /** {@code {"error": {…}}}. */
    public Map<String, Object> envelope() {
        return Map.of("error", toMap());
    }
}
