package io.sluice.bench;

import java.util.Locale;

/**
 * A script that means harm.
 *
 * @param look an expression of its language, whose value the run after it must see as the run before it did
 */
record HostileScript(String name, Ending ending, String text, String look) {
    /** How it has to end. */
    enum Ending {
        /** By its time limit. */
        TIME,
        /** By its memory limit. */
        MEMORY,
        /** By the limit of what may be printed. */
        OUTPUT,
        /** By any limit or an error. */
        FAILURE,
        /** However it likes, without what it was after. */
        DENIED,
        /** However it likes, as long as it does. */
        ANY;

        /** The words with which the corpora begin a script or a group of them. */
        static Ending of(String word) {
            return switch (word.toUpperCase(Locale.ROOT)) {
                case "TIME" -> TIME;
                case "MEMORY" -> MEMORY;
                case "OUTPUT" -> OUTPUT;
                case "STOPPED", "THREW", "STACK", "REFUSED", "DEEP" -> FAILURE;
                case "DENIED" -> DENIED;
                case "ENDS", "FLOOD" -> ANY;
                default -> throw new BenchException("a corpus of hostile scripts knows no ending " + word);
            };
        }
    }

    /** What the scripts that are to be denied something return when they got it. */
    private static final String LOOT = "leak";

    /** A text of the server's own that none may read. */
    static final String SECRET = "the secret of the server";

    private static final String BUSY = "\"script_busy\"";

    /** Short where that limit is to end it. */
    long timeoutMillis() {
        return switch (ending) {
            case TIME -> 300;
            case MEMORY -> 10_000;
            case OUTPUT, FAILURE, DENIED, ANY -> 2_000;
        };
    }

    /** None does without an answer, which is the status 0. */
    boolean endedAsItShould(Answer answer) {
        String body = answer.text();
        if (answer.status() == 0 || body.contains(BUSY) || body.contains(SECRET)) {
            return false;
        }
        return switch (ending) {
            case TIME -> answer.status() == 504 && body.contains("\"script_timeout\"");
            case MEMORY -> answer.status() == 500 && body.contains("\"script_memory\"");
            case OUTPUT -> answer.status() == 500 && body.contains("\"script_output\"");
            case FAILURE -> answer.status() >= 400;
            case DENIED -> !body.contains(LOOT);
            case ANY -> true;
        };
    }

    /** Beyond its time limit, as the caller's clock saw it; 0: within it. */
    double millisBeyond(Answer answer) {
        return Math.max(0, answer.nanos() / 1e6 - timeoutMillis());
    }
}
