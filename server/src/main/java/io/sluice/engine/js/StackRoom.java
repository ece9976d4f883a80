package io.sluice.engine.js;

/** A script deep in a recursion could otherwise overflow the stack in the middle of a database driver's work. */
final class StackRoom {
    private static final int PROBE_FRAMES = 2_000;

    private StackRoom() {}

    /**
     * To be done once, with room: the JVM prepares what it needs to show a stack trace at the first one, and never again when that
     * overflows the stack.
     */
    static void prepare() {
        if (new Throwable().getStackTrace().length == 0) {
            throw new IllegalStateException("this JVM shows no stack traces");
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
