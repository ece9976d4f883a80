package io.sluice.engine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run came to, with everything that it printed. */
public record Run(Outcome outcome, List<Printed> console, Duration took) {

    /** A line printed by the script; level is {@code log}, {@code info}, {@code warn}, {@code error} or {@code debug}. */
    public record Printed(String level, String text) {}

    /** How a run ended. */
    public sealed interface Outcome {
        /**
         * It ran to its end, timers and promises included.
         *
         * @param returned the script returned something other than undefined, or called {@code event.setReturn}
         * @param value what it returned, as maps, lists and scalars
         */
        record Completed(boolean returned, @Nullable Object value) implements Outcome {}

        /**
         * It threw, or left a rejected promise.
         *
         * @param status from a {@code code} or {@code status} of 400 to 599 on the error, else 500
         * @param message in the script's words
         */
        record Threw(int status, String message, Where where) implements Outcome {
            /** @param where as text: {@code orders.js line 4, column 7: return e.x.y} when known, else empty */
            public Threw(int status, String message, String where) {
                this(status, message, Where.parse(where));
            }
        }

        /** It was ended by a limit; the message says which and what to do. */
        record Stopped(Limit limit, String message) implements Outcome {}
    }

    /** The limits that can end a run. BUSY: no place was free before the deadline; nothing ran. */
    public enum Limit {
        TIME,
        MEMORY,
        OUTPUT,
        BUSY
    }
}
