package io.sluice.service.git;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.TextSource.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why nothing was read, in words that may be shown: they hold no credentials. The cause is for the log only. */
final class NotRead extends Exception {
    private static final long serialVersionUID = 1L;

    private enum Kind {
        MISSING,
        UNFIT,
        UNGIVEN,
        SILENT,
        REFUSED
    }

    private final Kind kind;
    private final int retryAfterSeconds;
    private final String why;

    private NotRead(Kind kind, int retryAfterSeconds, String why, @Nullable Throwable cause) {
        super(why, cause, false, cause != null);
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds;
        this.why = why;
    }

    /** The host answered: there is no such thing. */
    static NotRead missing(String why) {
        return new NotRead(Kind.MISSING, 0, why, null);
    }

    /** The host has it, and it is more than may be read. */
    static NotRead unfit(String why) {
        return new NotRead(Kind.UNFIT, 0, why, null);
    }

    /** The host broke off or answered 500 when it was asked for a commit: some do when they have none, others in trouble. */
    static NotRead ungiven(String why, Throwable cause) {
        return new NotRead(Kind.UNGIVEN, 0, why, cause);
    }

    /** The host could not be asked, or would not answer. */
    static NotRead unreachable(String why, @Nullable Throwable cause) {
        return new NotRead(Kind.SILENT, 0, why, cause);
    }

    /** The host could be asked, but not this, or its answer is more than may be taken; nor will it be the next time. */
    static NotRead refused(String why, @Nullable Throwable cause) {
        return new NotRead(Kind.REFUSED, 0, why, cause);
    }

    /** The host asks for patience. */
    static NotRead limited(String why, int retryAfterSeconds) {
        return new NotRead(Kind.SILENT, retryAfterSeconds, why, null);
    }

    /** The host answered: there is no such thing. */
    boolean isMissing() {
        return kind == Kind.MISSING;
    }

    /** The host did not give out a commit, for whatever reason. */
    boolean isWithoutCommit() {
        return kind == Kind.MISSING || kind == Kind.UNGIVEN;
    }

    /** The same question may be answered the next time. */
    boolean isPassing() {
        return kind == Kind.SILENT || kind == Kind.UNGIVEN;
    }

    /** In words that may be shown. */
    String why() {
        return why;
    }

    /** As the outcome of reading a text. */
    Reading reading() {
        return switch (kind) {
            case MISSING -> new Reading.Missing(why);
            case UNFIT -> new Reading.Unfit(why);
            case UNGIVEN, SILENT, REFUSED -> new Reading.Unreachable(why);
        };
    }

    /** As the answer of a call: 404, 502 when the host failed, 503 when it asks for patience. */
    ApiException asAnswer() {
        String sentence = why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".";
        if (isMissing() || kind == Kind.UNFIT) {
            return new ApiException(ApiError.of(404, sentence), this);
        }
        return retryAfterSeconds > 0
                ? ApiException.unavailable("git_host_limited", sentence, retryAfterSeconds, this)
                : new ApiException(ApiError.because(502, "git_host_unreachable", sentence), this);
    }
}
