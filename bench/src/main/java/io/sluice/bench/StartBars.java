package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** How long a start takes and what memory is held before any script has run; nothing else runs meanwhile. */
final class StartBars {
    private static final int STARTS = 5;
    private static final double MOST_SECONDS = 3;
    private static final double MOST_MB = 200;
    private static final long SETTLE_S = 2;

    private StartBars() {}

    /** One start: wall clock and CPU until the ready line, then resident memory two seconds later. */
    private record Start(double seconds, double cpuSeconds, double saidSeconds, double megabytes) {}

    static List<Finding> measure(Sluice sluice, Workspace workspace) throws IOException, InterruptedException {
        Start[] first = new Start[STARTS];
        Start[] second = new Start[STARTS];
        for (int i = 0; i < STARTS; i++) {
            Path data = workspace.folder("data");
            first[i] = start(sluice, data, workspace);
            second[i] = start(sluice, data, workspace);
        }
        return List.of(
                wall("start: to the ready line, empty data folder", first),
                wall("start: to the ready line, second start", second),
                memory("start: memory before any script, empty data folder", first),
                memory("start: memory before any script, second start", second));
    }

    private static Start start(Sluice sluice, Path data, Workspace workspace) throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(data, workspace);
        ServerProcess.Ready ready = server.ready();
        TimeUnit.SECONDS.sleep(SETTLE_S);
        long resident = ProcessFigures.residentBytesOfTree(server.pid());
        workspace.end(server);
        return new Start(ready.wallNanos() / 1e9, ready.cpuNanos() / 1e9, ready.saidMs() / 1e3, resident / 1e6);
    }

    private static Finding wall(String what, Start[] starts) {
        Estimate seconds = estimate(starts, Start::seconds);
        Estimate cpu = estimate(starts, Start::cpuSeconds);
        String detail =
                "median of %d starts, %.2f to %.2f s; CPU of all processes %.2f s (%.2f to %.2f); the line says %.2f s"
                        .formatted(
                                STARTS,
                                seconds.low(),
                                seconds.high(),
                                cpu.median(),
                                cpu.low(),
                                cpu.high(),
                                estimate(starts, Start::saidSeconds).median());
        return new Finding.Bar(what, seconds.median(), MOST_SECONDS, "s", detail);
    }

    private static Finding memory(String what, Start[] starts) {
        Estimate megabytes = estimate(starts, Start::megabytes);
        String detail = "RSS of all processes, %d s after the ready line; median of %d starts, %.0f to %.0f MB"
                .formatted(SETTLE_S, STARTS, megabytes.low(), megabytes.high());
        return new Finding.Bar(what, megabytes.median(), MOST_MB, "MB", detail);
    }

    private static Estimate estimate(Start[] starts, ToDoubleFunction<Start> figure) {
        double[] values = new double[starts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = figure.applyAsDouble(starts[i]);
        }
        return Estimate.of(values);
    }
}
