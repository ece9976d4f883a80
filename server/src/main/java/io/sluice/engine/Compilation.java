package io.sluice.engine;

import java.time.Duration;

/** What came of compiling a text. */
public sealed interface Compilation {
    record Compiled(Program program) implements Compilation {}

    /**
     * The text is not a program.
     *
     * @param message the engine's words, with the source line when known
     * @param line from 1, 0 when unknown
     * @param column from 1, 0 when unknown
     */
    record Refused(String message, int line, int column) implements Compilation {
        /** {@code line 4, column 7: …}, as far as they are known. */
        public String where() {
            if (line == 0) {
                return message;
            }
            return "line " + line + (column == 0 ? "" : ", column " + column) + ": " + message;
        }

        /** {@code orders.js line 4, column 7: …}. */
        public String where(String file) {
            return line == 0 ? message : file + " " + where();
        }
    }

    /**
     * Whether the text is a program cannot be said now: something that it needs is short for the moment. Never kept; the same text may
     * well compile the next time.
     *
     * @param message what is short, in plain words
     * @param retryAfter when it is worth asking again
     */
    record NotNow(String message, Duration retryAfter) implements Compilation {
        /** {@link #retryAfter} in whole seconds, at least one: {@code Retry-After}. */
        public long retrySeconds() {
            return Math.max(1, retryAfter.plusMillis(999).toSeconds());
        }
    }
}
