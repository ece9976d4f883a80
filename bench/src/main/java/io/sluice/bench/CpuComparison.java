package io.sluice.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * CPU time of a server per call, of two kinds of call, in blocks that alternate: 21 rounds, each with a block of either kind, the
 * first of a round being now the one, now the other. A block is so many calls that the server spends about 0.4 seconds of CPU in it:
 * the kernel's ticks of 10 ms are small beside it, and a machine that others slow down changes little from one block to the next.
 *
 * <p>Before that the same blocks, not counted, until the compilers of the JVM and of scripts have all but ended their work: their share
 * of the CPU below 3 % in five rounds one after the other, for three minutes at most.
 *
 * @param subjectMicros CPU per call of what is judged, over the rounds
 * @param baseMicros CPU per call of what it is judged against
 * @param ratio the first by the second, round by round
 * @param subjectPerSecond calls answered, over all rounds
 * @param basePerSecond calls answered, over all rounds
 * @param compiling the compilers' share of all CPU, while it was measured
 */
record CpuComparison(
        Estimate subjectMicros,
        Estimate baseMicros,
        Estimate ratio,
        double subjectPerSecond,
        double basePerSecond,
        double compiling) {
    private static final int ROUNDS = 21;
    private static final double BLOCK_CPU_NANOS = 4e8;
    private static final double MOST_COMPILING = 0.03;
    private static final int QUIET_ROUNDS = 5;
    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final int PROBE = 1_000;

    /** One of the two kinds, on the server that answers it. */
    record Side(Load load, Call call) {
        int callsPerBlock() throws IOException, InterruptedException {
            double cpu = Math.max(load.block(call, PROBE).cpuNanos(), BLOCK_CPU_NANOS / 50_000);
            return (int) Math.max(PROBE, BLOCK_CPU_NANOS / cpu);
        }
    }

    static CpuComparison of(Side subject, Side base) throws IOException, InterruptedException {
        Blocks blocks = new Blocks(subject, base, subject.callsPerBlock(), base.callsPerBlock());
        blocks.untilCompiled();
        Load.Block[] ours = new Load.Block[ROUNDS];
        Load.Block[] theirs = new Load.Block[ROUNDS];
        Compilers compilers = Compilers.of(subject, base);
        for (int i = 0; i < ROUNDS; i++) {
            if (i % 2 == 0) {
                ours[i] = blocks.ofSubject();
            }
            theirs[i] = blocks.ofBase();
            if (i % 2 == 1) {
                ours[i] = blocks.ofSubject();
            }
        }
        return of(ours, theirs, compilers.share());
    }

    private record Blocks(Side subject, Side base, int subjectCalls, int baseCalls) {
        Load.Block ofSubject() throws IOException, InterruptedException {
            return subject.load.block(subject.call, subjectCalls);
        }

        Load.Block ofBase() throws IOException, InterruptedException {
            return base.load.block(base.call, baseCalls);
        }

        void untilCompiled() throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE_NANOS;
            for (int quiet = 0; quiet < QUIET_ROUNDS && System.nanoTime() < end; ) {
                Compilers compilers = Compilers.of(subject, base);
                ofSubject();
                ofBase();
                quiet = compilers.share() < MOST_COMPILING ? quiet + 1 : 0;
            }
        }
    }

    /**
     * What the compilers of one or two servers do from a moment on.
     *
     * @param compiled by thread, until that moment
     * @param all CPU of the servers until that moment
     */
    private record Compilers(Set<Long> servers, Map<String, Long> compiled, long all) {
        static Compilers of(Side subject, Side base) {
            Set<Long> servers = new TreeSet<>(
                    List.of(subject.load.server().pid(), base.load.server().pid()));
            return new Compilers(servers, compiled(servers), all(servers));
        }

        private static Map<String, Long> compiled(Set<Long> servers) {
            Map<String, Long> nanos = new HashMap<>();
            servers.forEach(pid -> nanos.putAll(ProcessFigures.compilerNanos(pid)));
            return nanos;
        }

        private static long all(Set<Long> servers) {
            return servers.stream().mapToLong(ProcessFigures::cpuNanos).sum();
        }

        double share() {
            long since = compiled(servers).entrySet().stream()
                    .mapToLong(thread -> thread.getValue() - compiled.getOrDefault(thread.getKey(), 0L))
                    .sum();
            return since / (double) Math.max(1, all(servers) - all);
        }
    }

    private static CpuComparison of(Load.Block[] ours, Load.Block[] theirs, double compiling) {
        double[] subject = new double[ROUNDS];
        double[] base = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            subject[i] = ours[i].cpuNanos() / 1e3;
            base[i] = theirs[i].cpuNanos() / 1e3;
            ratio[i] = subject[i] / base[i];
        }
        return new CpuComparison(
                Estimate.of(subject),
                Estimate.of(base),
                Estimate.of(ratio),
                perSecond(ours),
                perSecond(theirs),
                compiling);
    }

    private static double perSecond(Load.Block[] blocks) {
        return 1e9
                / Arrays.stream(blocks)
                        .mapToDouble(Load.Block::wallNanos)
                        .average()
                        .orElseThrow();
    }

    /** "rounds 1.14 to 1.22; 212 us (208-220) against 180 us (179-183) of CPU a call; 1,200 and 1,300 calls/s". */
    String detail() {
        return "rounds %.2f to %.2f; %.0f us (%.0f-%.0f) against %.0f us (%.0f-%.0f) of CPU a call; %,.0f and %,.0f calls/s; compilers had %.0f %% of it"
                .formatted(
                        ratio.low(),
                        ratio.high(),
                        subjectMicros.median(),
                        subjectMicros.low(),
                        subjectMicros.high(),
                        baseMicros.median(),
                        baseMicros.low(),
                        baseMicros.high(),
                        subjectPerSecond,
                        basePerSecond,
                        100 * compiling);
    }
}
