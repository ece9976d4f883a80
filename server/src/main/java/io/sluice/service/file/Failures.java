package io.sluice.service.file;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BrokenBody;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers of a service are told when its storage fails. */
record Failures(String service) {
    /** When a caller may try again at a storage that did not answer. */
    private static final int RETRY_SECONDS = 5;

    /** Ends a call. */
    ApiException ending(IOException failure) {
        return explained(failure)
                .orElseGet(() -> new ApiException(
                        ApiError.because(
                                500,
                                "storage_failed",
                                "The storage of service '" + service
                                        + "' failed. The server's log says more to its administrator."),
                        failure));
    }

    /** Stands with one item of several, so there is no log that says more. */
    String ofItem(IOException failure) {
        return explained(failure)
                .map(said -> said.error().message())
                .orElseGet(() -> "The storage of service '" + service + "' failed on this item: "
                        + failure.getClass().getSimpleName() + ".");
    }

    /** For callers that nobody knows: they learn nothing of what lies behind the service. */
    ApiException toAnybody(IOException failure) {
        return ApiException.unavailable(
                "storage_failed",
                "The storage of service '" + service + "' does not answer now. Try again later.",
                RETRY_SECONDS,
                failure);
    }

    /** A store may have packed what broke off into a failure of its own. */
    private Optional<ApiException> explained(IOException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokenBody broken) {
                return Optional.of(broken.said());
            }
            if (cause instanceof StoreFailure said) {
                return Optional.of(said(said));
            }
        }
        return Optional.empty();
    }

    private ApiException said(StoreFailure said) {
        String message = "The storage of service '" + service + "' failed: " + said.getMessage() + ".";
        return switch (said.kind()) {
            case UNREACHABLE -> ApiException.unavailable("storage_unreachable", message, RETRY_SECONDS, said);
            case DENIED -> new ApiException(ApiError.because(502, "storage_denied", message), said);
            case FULL -> new ApiException(ApiError.because(507, "storage_full", message), said);
        };
    }
}
