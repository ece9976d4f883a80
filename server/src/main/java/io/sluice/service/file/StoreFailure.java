package io.sluice.service.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store cannot do what it was asked for. The message is in words for its caller: no addresses with credentials, no paths of this machine. */
public final class StoreFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Kind {
        /** It could not be reached, did not answer in time, or broke off: trying again may help. 503. */
        UNREACHABLE,
        /** It answered that the configured credentials or rights do not suffice: its administrator has to act. 502. */
        DENIED,
        /** It has no room left. 507. */
        FULL
    }

    private final Kind kind;

    private StoreFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static StoreFailure unreachable(String why, @Nullable Throwable cause) {
        return new StoreFailure(Kind.UNREACHABLE, why, cause);
    }

    public static StoreFailure denied(String why, @Nullable Throwable cause) {
        return new StoreFailure(Kind.DENIED, why, cause);
    }

    public static StoreFailure full(String why, @Nullable Throwable cause) {
        return new StoreFailure(Kind.FULL, why, cause);
    }

    public Kind kind() {
        return kind;
    }
}
