package io.sluice.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a call with an {@link ApiError}. The cause, if any, is for the log only. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ApiError error;
    private final transient Map<String, String> headers;

    public ApiException(ApiError error) {
        this(error, Map.of(), null);
    }

    public ApiException(ApiError error, @Nullable Throwable cause) {
        this(error, Map.of(), cause);
    }

    /** With headers that go out with the answer, such as {@code Retry-After}. */
    public ApiException(ApiError error, Map<String, String> headers, @Nullable Throwable cause) {
        super(error.message(), cause, false, cause != null);
        this.error = error;
        this.headers = Map.copyOf(headers);
    }

    public ApiError error() {
        return error;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public static ApiException badRequest(String message) {
        return new ApiException(ApiError.of(400, message));
    }

    public static ApiException unauthorized(String message) {
        return new ApiException(ApiError.of(401, message));
    }

    public static ApiException forbidden(String message) {
        return new ApiException(ApiError.of(403, message));
    }

    public static ApiException notFound(String message) {
        return new ApiException(ApiError.of(404, message));
    }

    public static ApiException conflict(String message) {
        return new ApiException(ApiError.of(409, message));
    }

    public static ApiException notImplemented(String message) {
        return new ApiException(ApiError.of(501, message));
    }

    /** 503 with {@code Retry-After} in seconds. */
    public static ApiException unavailable(
            String reason, String message, int retryAfterSeconds, @Nullable Throwable cause) {
        return new ApiException(
                ApiError.because(503, reason, message),
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)),
                cause);
    }
}
