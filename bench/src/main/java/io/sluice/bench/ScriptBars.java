package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a script adds to a call, on one connection: one that sets a field of an answer of one record, and one that adds a field to
 * each of 100 records of 20 columns; in every language and kind of isolation, each on a server of its own.
 */
final class ScriptBars {
    private static final int PAIRS = 5_000;
    private static final int CONTROL_PAIRS = 1_000;

    private final ScriptKind kind;
    private final Load load;
    private final ScriptFixture fixture;
    private final HttpConnection connection;
    private final List<Finding> findings = new ArrayList<>();

    private ScriptBars(ScriptKind kind, Load load, ScriptFixture fixture, HttpConnection connection) {
        this.kind = kind;
        this.load = load;
        this.fixture = fixture;
        this.connection = connection;
    }

    static List<Finding> measure(Set<ScriptKind> kinds, Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (ScriptKind kind : kinds) {
            findings.addAll(measure(kind, sluice, database, workspace));
        }
        return findings;
    }

    private static List<Finding> measure(ScriptKind kind, Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(workspace.folder("data"), workspace);
        ScriptFixture fixture = ScriptFixture.make(server, database, List.of(kind));
        try (HttpConnection connection = new HttpConnection(server.port())) {
            return new ScriptBars(kind, new Load(server, 1), fixture, connection).all(server);
        } finally {
            workspace.end(server);
        }
    }

    private List<Finding> all(ServerProcess server) throws IOException, InterruptedException {
        Call plainOne = fixture.one(ScriptFixture.PLAIN, false);
        Call plainRows = fixture.rows(ScriptFixture.PLAIN, false);
        control(plainRows);
        ScriptFixture.addScripts(server, kind);
        added("one field", plainOne, fixture.one(kind.service(), true), kind.mostForOneMillis());
        added("100 rows x 20 columns", plainRows, fixture.rows(kind.service(), true), kind.mostForRowsMillis());
        if (!Double.isNaN(kind.mostCpu())) {
            cpu(plainRows, fixture.rows(kind.service(), true));
        }
        return findings;
    }

    /** The two services differ in nothing yet, so this shows what the method itself adds. */
    private void control(Call plain) throws IOException {
        Call other = fixture.rows(kind.service(), false);
        WarmUp.with(plain, connection);
        WarmUp.with(other, connection);
        PairedComparison control = PairedComparison.of(plain, other, CONTROL_PAIRS, connection);
        note(
                "control, both services without a script",
                "%.3f ms; %s".formatted(control.differenceMillis().median(), control.detail()));
    }

    private void added(String what, Call plain, Call scripted, double most) throws IOException {
        WarmUp.with(plain, connection);
        WarmUp warmUp = WarmUp.with(scripted, connection);
        note("warm-up, " + what, warmUp.toString());
        PairedComparison pairs = PairedComparison.of(plain, scripted, PAIRS, connection);
        findings.add(new Finding.Bar(
                "script: " + kind.text() + ", " + what + ": p50 above the plain call",
                pairs.differenceMillis().median(),
                most,
                "ms",
                pairs.detail()));
    }

    private void cpu(Call plain, Call scripted) throws IOException, InterruptedException {
        CpuComparison cpu =
                CpuComparison.of(new CpuComparison.Side(load, scripted), new CpuComparison.Side(load, plain));
        findings.add(new Finding.Bar(
                "script: " + kind.text() + ", 100 rows x 20 columns: CPU per call, times the plain call",
                cpu.ratio().median(),
                kind.mostCpu(),
                "x",
                cpu.detail()));
    }

    private void note(String what, String detail) {
        findings.add(new Finding.Note("script: " + kind.text() + ": " + what, detail));
    }
}
