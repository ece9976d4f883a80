package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What calls without scripts cost, against the bare core and against a service written by hand with Fastify and pg, with the
 * same query on the same database at the same time; and how many a second, beside pgbench.
 */
final class PlainBars {
    /** Both a server that waits between calls, with the wake-ups of that, and one that is busy. */
    private static final int[] CONNECTIONS = {1, 8};

    private static final int BUSY = 8;

    private final ServerProcess server;
    private final ServerProcess bare;
    private final ServerProcess peer;
    private final Fixture fixture;
    private final Database database;
    private final List<Finding> findings = new ArrayList<>();

    private PlainBars(ServerProcess server, ServerProcess bare, ServerProcess peer, Database database)
            throws IOException {
        this.server = server;
        this.bare = bare;
        this.peer = peer;
        this.database = database;
        this.fixture = Fixture.make(server, database);
    }

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(workspace.folder("data"), workspace);
        ServerProcess bare = Sluice.bareCore(server, database, workspace);
        ServerProcess peer = HandWritten.start(database, workspace);
        try {
            PlainBars bars = new PlainBars(server, bare, peer, database);
            bars.all();
            return bars.findings;
        } finally {
            workspace.end(peer);
            workspace.end(bare);
            workspace.end(server);
        }
    }

    private void all() throws IOException, InterruptedException {
        note("plain: flags of both JVMs", flags());
        for (ReadCall read : ReadCall.values()) {
            Call call = fixture.read(read);
            note(
                    "plain: warm-up, " + read.text(),
                    warmUp(server, call) + "; bare core: " + warmUp(bare, call) + "; by hand: " + warmUp(peer, call));
            for (int count : CONNECTIONS) {
                String name = "plain: %s, CPU times the bare core, %d conn.".formatted(read.text(), count);
                add(bar(name, call, bare, count, ReadCall.MOST_OF_BARE));
            }
            String name = "plain: %s, CPU times Fastify + pg, %d conn.".formatted(read.text(), BUSY);
            add(bar(name, call, peer, BUSY, read.mostOfPeer()));
            note("plain: " + read.text() + ", pgbench", PgBench.perSecond(read, database, BUSY));
        }
    }

    private void note(String what, String detail) {
        add(new Finding.Note(what, detail));
    }

    /** Said at once, since the whole takes minutes. */
    private void add(Finding finding) {
        findings.add(finding);
        System.err.println("bench: " + finding.what() + ": " + finding.detail());
    }

    private String flags() {
        return String.join(" ", Sluice.jvm(server.pid()).stream().skip(1).toList());
    }

    private static String warmUp(ServerProcess server, Call call) throws IOException {
        try (HttpConnection connection = new HttpConnection(server.port())) {
            return "%s; a body of %,d bytes"
                    .formatted(
                            WarmUp.with(call, connection), call.on(connection).body().length);
        }
    }

    private Finding bar(String name, Call call, ServerProcess base, int count, double limit)
            throws IOException, InterruptedException {
        CpuComparison cpu = CpuComparison.of(
                new CpuComparison.Side(new Load(server, count), call),
                new CpuComparison.Side(new Load(base, count), call));
        return new Finding.Bar(name, cpu.ratio().median(), limit, "x", cpu.detail());
    }
}
