package io.sluice.bench;

import java.io.IOException;
import java.util.List;

/** What a script that adds a field to each of 100 rows costs, against the same call without it, on one connection. */
final class ScriptBars {
    private static final int PAIRS = 5_000;
    private static final int CONTROL_PAIRS = 1_000;
    private static final double MOST_ABOVE_MS = 0.4;
    private static final double MOST_CPU = 2.5;

    private ScriptBars() {}

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(workspace.folder("data"), workspace);
        Fixture fixture = Fixture.make(server, database);
        Load load = new Load(server, 1);
        try (HttpConnection connection = new HttpConnection(server.port())) {
            PairedComparison control = control(fixture, connection);
            Fixture.addScript(server);
            WarmUp warmUp = WarmUp.with(fixture.scriptedList(), connection);
            PairedComparison pairs =
                    PairedComparison.of(fixture.plainList(), fixture.scriptedList(), PAIRS, connection);
            CpuComparison cpu = CpuComparison.of(
                    new CpuComparison.Side(load, fixture.scriptedList()),
                    new CpuComparison.Side(load, fixture.plainList()));
            return List.of(
                    new Finding.Note("script: warm-up", warmUp.toString()),
                    new Finding.Note(
                            "script: control, both services without a script",
                            "%.3f ms; %s".formatted(control.differenceMillis().median(), control.detail())),
                    new Finding.Bar(
                            "script: p50 above the plain call",
                            pairs.differenceMillis().median(),
                            MOST_ABOVE_MS,
                            "ms",
                            pairs.detail()),
                    new Finding.Bar(
                            "script: CPU per call, times the plain call",
                            cpu.ratio().median(),
                            MOST_CPU,
                            "x",
                            cpu.detail()));
        } finally {
            workspace.end(server);
        }
    }

    /** The two services differ in nothing yet, so this shows what the method itself adds. */
    private static PairedComparison control(Fixture fixture, HttpConnection connection) throws IOException {
        WarmUp.with(fixture.plainList(), connection);
        WarmUp.with(fixture.listBeforeScript(), connection);
        return PairedComparison.of(fixture.plainList(), fixture.listBeforeScript(), CONTROL_PAIRS, connection);
    }
}
