package io.sluice.bench;

import java.io.IOException;

/**
 * CPU time of a server per call, of two kinds of call, in blocks that alternate: 7 rounds, each with a block of either kind,
 * the first of a round being now the one, now the other, after one block of either kind that is not counted. A block is so
 * many calls that the server spends about a second of CPU in it, so that the kernel's ticks of 10 ms are one per cent of it.
 *
 * @param subjectMicros CPU per call of what is judged, over the rounds
 * @param baseMicros CPU per call of what it is judged against
 * @param ratio the first by the second, round by round
 * @param callsPerSecond over all rounds: subject, then base
 */
record CpuComparison(Estimate subjectMicros, Estimate baseMicros, Estimate ratio, double[] callsPerSecond) {
    private static final int ROUNDS = 7;
    private static final double BLOCK_CPU_NANOS = 1e9;
    private static final int PROBE = 1_000;

    /** One of the two kinds, on the server that answers it. */
    record Side(Load load, Call call) {
        int callsPerBlock() throws IOException, InterruptedException {
            double cpu = Math.max(load.block(call, PROBE).cpuNanos(), BLOCK_CPU_NANOS / 50_000);
            return (int) Math.max(PROBE, BLOCK_CPU_NANOS / cpu);
        }
    }

    static CpuComparison of(Side subject, Side base) throws IOException, InterruptedException {
        int subjectCalls = subject.callsPerBlock();
        int baseCalls = base.callsPerBlock();
        subject.load.block(subject.call, subjectCalls);
        base.load.block(base.call, baseCalls);
        Load.Block[] ours = new Load.Block[ROUNDS];
        Load.Block[] theirs = new Load.Block[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            if (i % 2 == 0) {
                ours[i] = subject.load.block(subject.call, subjectCalls);
            }
            theirs[i] = base.load.block(base.call, baseCalls);
            if (i % 2 == 1) {
                ours[i] = subject.load.block(subject.call, subjectCalls);
            }
        }
        return of(ours, theirs);
    }

    private static CpuComparison of(Load.Block[] ours, Load.Block[] theirs) {
        double[] subject = new double[ROUNDS];
        double[] base = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        double[] wall = new double[2];
        for (int i = 0; i < ROUNDS; i++) {
            subject[i] = ours[i].cpuNanos() / 1e3;
            base[i] = theirs[i].cpuNanos() / 1e3;
            ratio[i] = subject[i] / base[i];
            wall[0] += ours[i].wallNanos() / ROUNDS;
            wall[1] += theirs[i].wallNanos() / ROUNDS;
        }
        double[] rates = {1e9 / wall[0], 1e9 / wall[1]};
        return new CpuComparison(Estimate.of(subject), Estimate.of(base), Estimate.of(ratio), rates);
    }

    /** "rounds 1.14 to 1.22; 212 us (208-220) against 180 us (179-183) of CPU a call; 1,200 and 1,300 calls/s". */
    String detail() {
        return "rounds %.2f to %.2f; %.0f us (%.0f-%.0f) against %.0f us (%.0f-%.0f) of CPU a call; %,.0f and %,.0f calls/s"
                .formatted(
                        ratio.low(),
                        ratio.high(),
                        subjectMicros.median(),
                        subjectMicros.low(),
                        subjectMicros.high(),
                        baseMicros.median(),
                        baseMicros.low(),
                        baseMicros.high(),
                        callsPerSecond[0],
                        callsPerSecond[1]);
    }
}
