package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Scripts that mean harm, of every language, one after the other, while others go on calling: each ends by its limit, the
 * others are served, and the next run sees nothing of it.
 */
final class HostileBars {
    private static final int PROGRESS = 20;
    private static final long SLOW_NANOS = 5_000_000_000L;

    private static final String MEMORY = "-XX:+UseSerialGC -Xms32m -Xmx768m";
    private static final long WARM_UP_S = 15;
    private static final long USUAL_S = 10;

    private final ServerProcess server;
    private final ScriptFixture fixture;
    private final String secret;
    private final Path checkout;

    private HostileBars(ServerProcess server, ScriptFixture fixture, String secret, Path checkout) {
        this.server = server;
        this.fixture = fixture;
        this.secret = secret;
        this.checkout = checkout;
    }

    static List<Finding> measure(Set<ScriptKind> kinds, Sluice sluice, Database database, Workspace workspace)
            throws IOException, InterruptedException {
        Path data = workspace.folder("data");
        Path secret = Files.writeString(data.resolve("secret.key"), HostileScript.SECRET);
        ServerProcess server = sluice.serve(data, MEMORY, workspace);
        try {
            ScriptFixture fixture = ScriptFixture.make(server, database, List.of(ScriptKind.values()));
            for (ScriptKind kind : ScriptKind.values()) {
                ScriptFixture.addScripts(server, kind);
            }
            return new HostileBars(server, fixture, secret.toString(), sluice.checkout()).measured(kinds);
        } finally {
            workspace.end(server);
        }
    }

    private List<Finding> measured(Set<ScriptKind> kinds) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (ScriptKind kind : kinds) {
            findings.addAll(measured(kind).findings());
        }
        return findings;
    }

    private HostileResult measured(ScriptKind kind) throws IOException, InterruptedException {
        List<HostileScript> corpus = HostileCorpus.in(checkout, HostileLanguage.of(kind));
        List<Call> calls = List.of(fixture.rows(ScriptFixture.PLAIN, false), fixture.rows(kind.service(), true));
        try (OtherCalls others = new OtherCalls(server, calls)) {
            TimeUnit.SECONDS.sleep(WARM_UP_S);
            double[] usual = usual(others);
            long early = others.failedUntilNow();
            if (early > 0) {
                System.err.println("bench: " + early + " calls failed before any attack");
            }
            Attacker attacker = new Attacker(server, kind, others, secret);
            List<Attack> attacks = new ArrayList<>();
            for (HostileScript script : corpus) {
                long began = System.nanoTime();
                attacks.add(attacker.attack(script));
                progress(attacks.size(), corpus.size(), script, System.nanoTime() - began);
            }
            return new HostileResult(kind, attacks, usual, others.failed(), others.words());
        }
    }

    private static void progress(int done, int all, HostileScript script, long nanos) {
        if (done % PROGRESS == 0 || nanos > SLOW_NANOS) {
            System.err.printf("bench: %d of %d, %s: %.1f s%n", done, all, script.name(), nanos / 1e9);
        }
    }

    /** Calls a millisecond of each kind while nobody attacks. */
    private static double[] usual(OtherCalls others) throws InterruptedException {
        long[] before = others.made();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(USUAL_S);
        double millis = (System.nanoTime() - began) / 1e6;
        long[] after = others.made();
        double[] rates = new double[after.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (after[i] - before[i]) / millis;
        }
        return rates;
    }
}
