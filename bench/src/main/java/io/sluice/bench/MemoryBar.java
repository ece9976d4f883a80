package io.sluice.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Memory held a minute after 1,000 mixed calls over four connections: reads, writes, script services, scripted reads. */
final class MemoryBar {
    private static final int CONNECTIONS = 4;

    /** Of the seven kinds of call one each: 1,001 calls. */
    private static final int ROUNDS = 143;

    private static final int KINDS = 7;
    private static final long REST_S = 60;
    private static final double MOST_MB = 450;

    private final Fixture fixture;
    private final AtomicInteger rounds = new AtomicInteger();

    private MemoryBar(Fixture fixture) {
        this.fixture = fixture;
    }

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(workspace.folder("data"), workspace);
        try {
            MemoryBar bar = new MemoryBar(Fixture.make(server, database));
            Fixture.addScript(server);
            new Load(server, CONNECTIONS).everyClient(bar::mixedCalls);
            long atOnce = ProcessFigures.residentBytesOfTree(server.pid());
            TimeUnit.SECONDS.sleep(REST_S);
            long rested = ProcessFigures.residentBytesOfTree(server.pid());
            String detail = "RSS of all processes, %d s after %,d calls on %d connections; %.0f MB at once after them"
                    .formatted(REST_S, ROUNDS * KINDS, CONNECTIONS, atOnce / 1e6);
            return List.of(new Finding.Bar(
                    "start: memory after mixed calls with scripts", rested / 1e6, MOST_MB, "MB", detail));
        } finally {
            workspace.end(server);
        }
    }

    private void mixedCalls(HttpConnection connection) throws IOException {
        for (int i = rounds.getAndIncrement(); i < ROUNDS; i = rounds.getAndIncrement()) {
            fixture.plainList().on(connection);
            fixture.filteredList(i).on(connection);
            Answer created = fixture.create(i).on(connection);
            int id = idOf(created);
            fixture.change(id).on(connection);
            fixture.greeting(i).on(connection);
            fixture.scriptedList().on(connection);
            fixture.delete(id).on(connection);
        }
    }

    private static int idOf(Answer created) {
        return JsonMapper.shared()
                .readTree(created.body())
                .path("resource")
                .path(0)
                .path("id")
                .asInt();
    }
}
