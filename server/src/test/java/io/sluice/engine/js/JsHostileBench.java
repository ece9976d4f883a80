package io.sluice.engine.js;

import com.sun.management.ThreadMXBean;
import io.sluice.engine.Run;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Measures how far hostile scripts get beyond their limit: not a test. Of loops counts the CPU time of their thread, so that a busy
 * machine does not matter, of those that wait the clock. Exit status 1 when one gets more than 250 ms beyond.
 */
final class JsHostileBench {
    private static final double MOST_BEYOND_MILLIS = 250;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private JsHostileBench() {}

    public static void main(String[] arguments) {
        // Those that contain the argument, if there is one.
        int beyond = 0;
        double most = 0;
        for (boolean strict : new boolean[] {true, false}) {
            for (Hostile hostile : Hostile.corpus()) {
                if (arguments.length > 0 && !hostile.toString().contains(arguments[0])) {
                    continue;
                }
                double over = over(hostile, strict);
                most = Math.max(most, over);
                beyond += over > MOST_BEYOND_MILLIS ? 1 : 0;
                System.out.printf(Locale.ROOT, "%-8s %7.1f ms beyond  %s%n", strict ? "strict" : "auto", over, hostile);
            }
        }
        System.out.printf(Locale.ROOT, "most %.1f ms; %d more than %.0f ms beyond%n", most, beyond, MOST_BEYOND_MILLIS);
        System.exit(beyond == 0 ? 0 : 1);
    }

    private static double over(Hostile hostile, boolean strict) {
        try (JsProgram program = Hardening.program(hostile.text())) {
            if (strict) {
                hostile.run(program, false, true);
            } else {
                Hardening.harden(program, () -> hostile.run(program, false, false));
            }
            long before = cpu();
            Run run = hostile.run(program, true, strict);
            double spent = (cpu() - before) / 1e6;
            if (!hostile.endedAsItShould(run)) {
                System.out.println("ended as it should not: " + run.outcome());
                return Double.POSITIVE_INFINITY;
            }
            double clock = run.took().toNanos() / 1e6 - Hostile.TIME_MILLIS;
            return hostile.kind().equals("time") ? Math.min(clock, spent - Hostile.TIME_MILLIS) : 0;
        }
    }

    /** Of the script thread; there is one. */
    private static long cpu() {
        long sum = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread instanceof ScriptThread) {
                sum += Math.max(0, THREADS.getThreadCpuTime(thread.threadId()));
            }
        }
        return sum;
    }
}
