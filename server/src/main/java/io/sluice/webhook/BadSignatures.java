package io.sluice.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Counts refusals of each webhook, and says which of them are worth a line: a few a minute, so that nobody floods the log. Thread-safe. */
final class BadSignatures {
    private static final int LINES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<Long, Count> counts = new ConcurrentHashMap<>();

    BadSignatures(Clock clock) {
        this.clock = clock;
    }

    /**
     * Of one webhook.
     *
     * @param all since the start
     * @param silent since the last line
     * @param line of the newest refusal: present when it is worth one, with the number of silent ones before it
     */
    private record Count(long all, Instant window, int lines, long silent, OptionalLong line) {
        Count next(Instant now) {
            boolean same = now.isBefore(window.plus(WINDOW));
            Instant from = same ? window : now;
            int before = same ? lines : 0;
            return before < LINES
                    ? new Count(all + 1, from, before + 1, 0, OptionalLong.of(silent))
                    : new Count(all + 1, from, before, silent + 1, OptionalLong.empty());
        }
    }

    /** One more. Present when it is worth a line, with the number of those that got none before it. */
    OptionalLong add(long webhook) {
        Instant now = clock.instant();
        Count first = new Count(0, now, 0, 0, OptionalLong.empty());
        return counts.merge(webhook, first.next(now), (known, one) -> known.next(now))
                .line();
    }

    /** Since the start. */
    long count(long webhook) {
        Count count = counts.get(webhook);
        return count == null ? 0 : count.all();
    }
}
