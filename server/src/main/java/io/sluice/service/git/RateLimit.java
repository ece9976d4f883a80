package io.sluice.service.git;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** When a host may be called again that asked for patience; all scripts of a service wait together. Thread-safe. */
final class RateLimit {
    private static final int LONGEST_WAIT_SECONDS = 3600;
    private static final int USUAL_WAIT_SECONDS = 60;

    /** Numbers below are seconds to wait, as the IETF's draft has it; others are moments. */
    private static final long FIRST_MOMENT = 1_000_000_000;

    private final String host;
    private final InstantSource clock;
    private final AtomicReference<Instant> opens = new AtomicReference<>(Instant.EPOCH);

    RateLimit(String host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    /** Throws while the host must not be called. */
    void check() throws NotRead {
        Instant until = opens.get();
        Instant now = clock.instant();
        if (now.isBefore(until)) {
            throw limited(until, (int) Math.max(1, ChronoUnit.SECONDS.between(now, until)));
        }
    }

    /** Throws, and holds back the calls to come, when the answer asks for patience. */
    void heed(ApiAnswer answer) throws NotRead {
        if (!asksForPatience(answer)) {
            return;
        }
        int wait = (int) Math.clamp(wait(answer), 1, LONGEST_WAIT_SECONDS);
        Instant until = clock.instant().plusSeconds(wait);
        opens.accumulateAndGet(until, (one, other) -> one.isAfter(other) ? one : other);
        throw limited(until, wait);
    }

    private static boolean asksForPatience(ApiAnswer answer) {
        boolean usedUp = answer.header("x-ratelimit-remaining").equals("0")
                || answer.header("ratelimit-remaining").equals("0")
                || !answer.header("retry-after").isEmpty();
        return answer.status() == 429 || answer.status() == 403 && usedUp;
    }

    private long wait(ApiAnswer answer) {
        return seconds(answer.header("retry-after"))
                .orElseGet(() -> seconds(answer.header("x-ratelimit-reset"))
                        .orElseGet(
                                () -> seconds(answer.header("ratelimit-reset")).orElse(USUAL_WAIT_SECONDS)));
    }

    private OptionalLong seconds(String header) {
        if (!header.matches("\\d{1,11}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(header);
        return OptionalLong.of(
                number < FIRST_MOMENT ? number : number - clock.instant().getEpochSecond());
    }

    private NotRead limited(Instant until, int seconds) {
        return NotRead.limited(
                "the rate limit of " + host + " is used up; it is not called before "
                        + until.truncatedTo(ChronoUnit.SECONDS),
                seconds);
    }
}
