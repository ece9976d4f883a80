package io.sluice.engine.js;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** A script deep in a recursion could otherwise overflow the stack in the middle of a database driver's work. */
final class StackRoom {
    private static final int PROBE_FRAMES = 2_000;

    private StackRoom() {}

    /**
     * To be done once for an engine, with room: the JVM and the language make ready what an error needs at the first error of its class,
     * and when that overflows the stack, no later error finds it.
     *
     * @param fail the prelude's function that throws
     */
    static void prepare(Value fail) {
        for (String kind : new String[] {"RangeError", "TypeError", "Error"}) {
            try {
                fail.executeVoid(kind, "prepared");
            } catch (PolyglotException e) {
                e.printStackTrace(new PrintWriter(new StringWriter()));
                Objects.requireNonNull(e.getGuestObject()).getMember("stack");
            }
        }
    }

    /** Throws the language's own RangeError unless there is room for a call out of the script. */
    static void leave(View view) {
        try {
            descend(PROBE_FRAMES, 1, 2, 3, 4, 5, 6);
        } catch (StackOverflowError e) {
            throw view.error("RangeError", "Maximum call stack size exceeded");
        }
    }

    private static long descend(int frames, long a, long b, long c, long d, long e, long f) {
        return frames == 0 ? a + b + c + d + e + f : 1 + descend(frames - 1, b, c, d, e, f, a);
    }
}
