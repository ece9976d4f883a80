package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets ten passwords be wrong in 15 minutes, for each email and for each address; then 429 until the 15 minutes are over.
 * Attempts on one email go one after the other, so that many at a time do not slip through. Counts for at most 20,000 names.
 */
final class LoginAttempts {
    private static final int MOST = 10;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int LOCKS = 64;
    private final Clock clock;
    private final Cache<String, Failures> failures =
            Caffeine.newBuilder().maximumSize(20_000).build();
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant until) {}

    /** What the check finds; empty means that the password was wrong. */
    <T> Optional<T> attempt(String email, String address, Supplier<Optional<T>> check) {
        String byEmail = "email:" + email.toLowerCase(Locale.ROOT);
        ReentrantLock lock = locks.get(Math.floorMod(byEmail.hashCode(), LOCKS));
        lock.lock();
        try {
            List<String> names = address.isEmpty() ? List.of(byEmail) : List.of(byEmail, "address:" + address);
            names.forEach(this::refuseIfFull);
            Optional<T> found = check.get();
            if (found.isPresent()) {
                failures.invalidate(byEmail);
            } else {
                names.forEach(this::failed);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfFull(String name) {
        Failures known = failures.getIfPresent(name);
        Instant now = clock.instant();
        if (known != null && known.count() >= MOST && now.isBefore(known.until())) {
            long seconds = Duration.between(now, known.until()).toSeconds() + 1;
            throw new ApiException(
                    ApiError.of(429, "Too many failed logins. Try again in " + (seconds + 59) / 60 + " minutes."),
                    Map.of("Retry-After", Long.toString(seconds)),
                    null);
        }
    }

    private void failed(String name) {
        Instant now = clock.instant();
        failures.asMap()
                .compute(
                        name,
                        (same, known) -> known == null || !now.isBefore(known.until())
                                ? new Failures(1, now.plus(WINDOW))
                                : new Failures(known.count() + 1, known.until()));
    }
}
