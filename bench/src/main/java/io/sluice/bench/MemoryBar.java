package io.sluice.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** Memory held a minute after 1,000 mixed calls over four connections: reads, writes, script services, scripted reads. */
final class MemoryBar {
    private static final int CALLS = 1_000;
    private static final int CONNECTIONS = 4;
    private static final int KINDS = 7;
    private static final long REST_S = 60;
    private static final double MOST_MB = 450;

    private final Fixture fixture;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    private MemoryBar(Fixture fixture) {
        this.fixture = fixture;
    }

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(workspace.folder("data"), workspace);
        try (Load load = new Load(server, CONNECTIONS)) {
            MemoryBar bar = new MemoryBar(Fixture.make(server, database));
            Fixture.addScript(server);
            load.everyConnection(bar::mixedCalls);
            long atOnce = ProcessFigures.residentBytesOfTree(server.pid());
            TimeUnit.SECONDS.sleep(REST_S);
            long rested = ProcessFigures.residentBytesOfTree(server.pid());
            String detail = "RSS of all processes, %d s after %,d calls on %d connections; %.0f MB at once after them"
                    .formatted(REST_S, bar.calls.get(), CONNECTIONS, atOnce / 1e6);
            return List.of(new Finding.Bar(
                    "start: memory after mixed calls with scripts", rested / 1e6, MOST_MB, "MB", detail));
        } finally {
            workspace.end(server);
        }
    }

    private void mixedCalls(HttpConnection connection) throws IOException {
        while (calls.addAndGet(KINDS) <= CALLS + KINDS) {
            int i = turns.getAndIncrement();
            fixture.plainList().on(connection);
            fixture.filteredList(i).on(connection);
            Answer created = fixture.create(i).on(connection);
            int id = idOf(created);
            fixture.change(id).on(connection);
            fixture.greeting(i).on(connection);
            fixture.scriptedList().on(connection);
            fixture.delete(id).on(connection);
        }
        calls.addAndGet(-KINDS);
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
