package io.sluice.service.file.object;

import io.sluice.outbound.HostFailure;
import io.sluice.service.file.StoreFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What our client said, out of what an SDK wrapped around it. */
public final class Failures {
    private static final int DEEPEST = 12;

    private Failures() {}

    public static Optional<HostFailure> ofHost(@Nullable Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof HostFailure said) {
                return Optional.of(said);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** A host that may not be called is a matter for the administrator; any other silence may pass. */
    public static StoreFailure said(HostFailure failure) {
        String why = String.valueOf(failure.getMessage());
        return switch (failure.why()) {
            case REFUSED, MALFORMED -> StoreFailure.denied(why, failure);
            case FAILED, TIMEOUT -> StoreFailure.unreachable(why, failure);
        };
    }
}
