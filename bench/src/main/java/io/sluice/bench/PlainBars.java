package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a call without scripts costs, against the bare core with the same query on the same database at the same time. */
final class PlainBars {
    private static final double MOST_CPU = 1.3;

    /** Both a server that waits between calls, with the wake-ups of that, and one that is busy. */
    private static final int[] CONNECTIONS = {1, 8};

    private PlainBars() {}

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(workspace.folder("data"), workspace);
        ServerProcess bare = Sluice.bareCore(server, database, workspace);
        Call call = Fixture.make(server, database).plainList();
        try {
            List<Finding> findings = new ArrayList<>();
            findings.add(new Finding.Note("plain: flags of both JVMs", flags(server)));
            findings.add(new Finding.Note("plain: warm-up, Sluice", warmUp(server, call)));
            findings.add(new Finding.Note("plain: warm-up, bare core", warmUp(bare, call)));
            for (int count : CONNECTIONS) {
                findings.add(bar(server, bare, call, count));
            }
            return findings;
        } finally {
            workspace.end(bare);
            workspace.end(server);
        }
    }

    private static String flags(ServerProcess server) {
        return String.join(" ", Sluice.jvm(server.pid()).stream().skip(1).toList());
    }

    private static String warmUp(ServerProcess server, Call call) throws IOException {
        try (HttpConnection connection = new HttpConnection(server.port())) {
            return "%s; a body of %,d bytes"
                    .formatted(
                            WarmUp.with(call, connection), call.on(connection).body().length);
        }
    }

    private static Finding bar(ServerProcess server, ServerProcess bare, Call call, int count)
            throws IOException, InterruptedException {
        CpuComparison cpu = CpuComparison.of(
                new CpuComparison.Side(new Load(server, count), call),
                new CpuComparison.Side(new Load(bare, count), call));
        return new Finding.Bar(
                "plain: CPU per call, times the bare core, " + count + (count == 1 ? " connection" : " connections"),
                cpu.ratio().median(),
                MOST_CPU,
                "x",
                cpu.detail());
    }
}
