package io.sluice.script;

import io.sluice.engine.Run.Printed;
import io.sluice.engine.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** How the runs of one script went on this node since its start. Thread-safe. */
public final class RunStats {
    private static final int MEASURED = 1024;
    private static final int FIRST = 16;
    private static final int REMEMBERED = 50;
    private static final int LINES = 100;

    /** Of all lines of a run together: what is remembered of one script stays below a megabyte. */
    private static final int CHARACTERS = 8_000;

    /** Grows with the runs: most of ten thousand scripts hardly ever run. */
    private long[] micros = {};

    private final Deque<Report> last = new ArrayDeque<>(1);
    private long runs;
    private long errors;

    RunStats() {}

    /**
     * Numbers of a script.
     *
     * @param p50Micros over the last 1,024 runs, 0 before the first
     * @param p99Micros likewise
     */
    public record Figures(long runs, long errors, long p50Micros, long p99Micros) {}

    /**
     * One run.
     *
     * @param outcome {@code ok} or what went wrong
     * @param version 0 when there was none to run
     * @param where the place of the error, if there was one
     * @param console at most the first 100 lines and 8,000 characters
     * @param printed how many lines it printed
     */
    public record Report(
            Instant at, Duration took, String outcome, int version, Where where, List<Printed> console, int printed) {

        static Report of(Instant at, Duration took, String outcome, int version, Where where, List<Printed> console) {
            return new Report(at, took, outcome, version, where, shortened(console), console.size());
        }
    }

    synchronized void add(Report report, boolean failed) {
        if (runs == micros.length && runs < MEASURED) {
            micros = Arrays.copyOf(micros, Math.clamp(2L * micros.length, FIRST, MEASURED));
        }
        micros[(int) (runs % MEASURED)] = report.took().toNanos() / 1000;
        runs++;
        errors += failed ? 1 : 0;
        if (last.size() == REMEMBERED) {
            last.removeLast();
        }
        last.addFirst(report);
    }

    /** Newest first. */
    synchronized List<Report> last() {
        return List.copyOf(last);
    }

    Figures figures() {
        long[] sorted;
        long all;
        long failed;
        synchronized (this) {
            sorted = Arrays.copyOf(micros, (int) Math.min(runs, MEASURED));
            all = runs;
            failed = errors;
        }
        Arrays.sort(sorted);
        return new Figures(all, failed, at(sorted, 0.50), at(sorted, 0.99));
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** What is remembered of the lines that a run printed. */
    private static List<Printed> shortened(List<Printed> console) {
        List<Printed> kept = new ArrayList<>();
        int left = CHARACTERS;
        for (Printed line : console.subList(0, Math.min(console.size(), LINES))) {
            if (line.text().length() > left) {
                kept.add(new Printed(line.level(), line.text().substring(0, left) + "…"));
                break;
            }
            left -= line.text().length();
            kept.add(line);
        }
        return List.copyOf(kept);
    }
}
