package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;

/**
 * Ten minutes of calls with scripts in all languages, one run in ten failing: does anything grow? Looked at in minutes 2 and 10,
 * each time seven times within a minute while the calls go on; the medians are compared. Fewer minutes are a trial.
 */
final class SoakBars {
    /** How long it lasts. */
    static final int MINUTES = 10;

    private static final int CLIENTS = 4;
    private static final int LOOKS = 7;
    private static final long LOOK_EVERY_S = 8;
    private static final long FIRST_LOOK_S = 65;
    private static final double MOST_GROWTH = 5;

    /** Of so many rounds one meets a time limit. */
    private static final int ENDLESS_EVERY = 50;

    private final ServerProcess server;
    private final ScriptFixture fixture;
    private final List<Path> folders;
    private final int minutes;
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean over;

    private SoakBars(ServerProcess server, ScriptFixture fixture, List<Path> folders, int minutes) {
        this.server = server;
        this.fixture = fixture;
        this.folders = folders;
        this.minutes = minutes;
    }

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace, int minutes)
            throws IOException, InterruptedException {
        Path data = workspace.folder("data");
        Path temporary = workspace.folder("tmp");
        String flags = "-XX:+UseSerialGC -Xms32m -Xmx768m -Djava.io.tmpdir=" + temporary;
        ServerProcess server = sluice.serve(data, flags, workspace);
        try {
            ScriptFixture fixture = ScriptFixture.make(server, database, List.of(ScriptKind.values()));
            for (ScriptKind kind : ScriptKind.values()) {
                ScriptFixture.addScripts(server, kind);
                ScriptFixture.addFailures(server, kind);
            }
            return new SoakBars(server, fixture, List.of(data, temporary), minutes).measured();
        } finally {
            workspace.end(server);
        }
    }

    private List<Finding> measured() throws InterruptedException, IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread load = Thread.ofPlatform().start(() -> {
            try {
                new Load(server, CLIENTS).everyClient(this::callOnAndOn);
            } catch (InterruptedException | BenchException e) {
                failure.set(e);
            }
        });
        try {
            pass(FIRST_LOOK_S, load);
            List<Standing> early = looks(load);
            pass((minutes - 2) * 60L - (LOOKS - 1) * LOOK_EVERY_S, load);
            List<Standing> late = looks(load);
            return compared(early, late);
        } finally {
            over = true;
            load.join();
            if (failure.get() != null) {
                throw new BenchException("the load failed: " + failure.get().getMessage(), failure.get());
            }
        }
    }

    /** Waits that long, or until a call has failed. */
    private static void pass(long seconds, Thread load) throws InterruptedException {
        if (load.join(Duration.ofSeconds(seconds))) {
            throw new BenchException("the calls ended before their time");
        }
    }

    private List<Standing> looks(Thread load) throws IOException, InterruptedException {
        List<Standing> looks = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            if (i > 0) {
                pass(LOOK_EVERY_S, load);
            }
            looks.add(Standing.of(server, folders));
        }
        return looks;
    }

    /** For every kind eleven runs, of which one fails: five lists, two records and a refused one with two scripts each. */
    private void callOnAndOn(HttpConnection connection) throws IOException {
        try {
            while (!over) {
                oneRound(connection);
            }
        } finally {
            // One that failed ends all.
            over = true;
        }
    }

    private void oneRound(HttpConnection connection) throws IOException {
        int round = rounds.incrementAndGet();
        for (ScriptKind kind : ScriptKind.values()) {
            for (Call call : calls(kind)) {
                call.on(connection);
                calls.incrementAndGet();
            }
            if (round % ENDLESS_EVERY == kind.ordinal()) {
                fixture.endless(kind).on(connection);
            }
        }
    }

    private List<Call> calls(ScriptKind kind) {
        Call rows = fixture.rows(kind.service(), true);
        Call one = fixture.one(kind.service(), true);
        return List.of(rows, one, rows, fixture.refused(kind), rows, one, rows, rows);
    }

    private List<Finding> compared(List<Standing> early, List<Standing> late) {
        return List.of(
                new Finding.Note("soak: calls with scripts", "%,d in %d minutes".formatted(calls.get(), minutes)),
                growth("heap after a forced collection, KB", early, late, look -> look.liveBytes() / 1024),
                growth("JavaScript contexts", early, late, Standing::contexts),
                growth("open files and sockets", early, late, Standing::descriptors),
                growth("processes", early, late, Standing::processes),
                growth("files, temporary ones included", early, late, Standing::files));
    }

    private Finding growth(String what, List<Standing> early, List<Standing> late, ToLongFunction<Standing> figure) {
        double before = median(early, figure);
        double after = median(late, figure);
        return new Finding.Bar(
                "soak: " + what + ": change from minute 2 to " + minutes,
                before == 0 ? 100 * after : 100 * Math.abs(after - before) / before,
                MOST_GROWTH,
                "%",
                "%,.0f, then %,.0f; looks %s, then %s".formatted(before, after, all(early, figure), all(late, figure)));
    }

    private static double median(List<Standing> looks, ToLongFunction<Standing> figure) {
        return Estimate.median(looks.stream().mapToDouble(figure::applyAsLong).toArray());
    }

    private static List<Long> all(List<Standing> looks, ToLongFunction<Standing> figure) {
        return looks.stream().map(figure::applyAsLong).toList();
    }
}
