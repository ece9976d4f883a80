package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How soon a push to a local repository is live, what calls see meanwhile, and how soon deliveries are answered.
 *
 * <p>Two scripts of one repository answer one call: a script service, and an event script on it. Both tell their version, so an answer
 * that mixes two releases shows.
 */
final class WebhookBars {
    private static final int WARM = 100;
    private static final int PUSHES = 60;
    private static final int LOAD = 2;
    private static final int DELIVERIES = 10_000;
    private static final int SENDERS = 8;
    private static final double MOST_LIVE_MS = 100;
    private static final double MOST_ANSWER_MS = 50;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final String REPOSITORY = "sales";

    private final ServerProcess server;
    private final BareRepositories repositories;
    private final Hook hook;
    private final VersionedCall call;
    private int version = 1;

    private WebhookBars(ServerProcess server, BareRepositories repositories, Administrator admin)
            throws IOException, InterruptedException {
        this.server = server;
        this.repositories = repositories;
        repositories.make(REPOSITORY);
        repositories.commit(REPOSITORY, texts(), true);
        int service = admin.gitService("repositories", "file://" + repositories.folder());
        int hello = admin.linkedService("hello", service, REPOSITORY, "hello.js");
        admin.linkedScript("hello.get.post_process", service, REPOSITORY, "after.js");
        this.call = new VersionedCall("/api/v2/hello", admin.app("bench", Map.of(hello, "*")));
        this.hook = admin.webhook("pushes", service);
    }

    static List<Finding> measure(Sluice sluice, Workspace workspace) throws IOException, InterruptedException {
        Path data = workspace.folder("data");
        ServerProcess server = sluice.serve(data, workspace);
        try (Administrator admin = new Administrator(server.port())) {
            BareRepositories repositories = new BareRepositories(data.resolve("files/repositories"));
            return new WebhookBars(server, repositories, admin).all();
        } finally {
            workspace.end(server);
        }
    }

    private Map<String, String> texts() {
        return Map.of(
                "hello.js",
                "return { service: " + version + " };\n",
                "after.js",
                "event.response.content.event = " + version + ";\n");
    }

    private List<Finding> all() throws IOException, InterruptedException {
        pushes(WARM);
        List<Finding> findings = new ArrayList<>(live("", pushes(PUSHES)));
        findings.addAll(underLoad());
        findings.add(answers());
        return findings;
    }

    /**
     * Milliseconds from the answer 202, the shortest first.
     *
     * @param live until a call began that got the new version
     * @param seen until that call was answered
     */
    private record Pushes(double[] live, double[] seen) {}

    private Pushes pushes(int count) throws IOException, InterruptedException {
        Pushes pushes = new Pushes(new double[count], new double[count]);
        try (HttpConnection calls = new HttpConnection(server.port());
                HttpConnection deliveries = new HttpConnection(server.port())) {
            VersionedCall.Client client = call.client();
            for (int i = 0; i < count; i++) {
                version++;
                repositories.commit(REPOSITORY, texts(), false);
                hook.delivery("push-" + version, REPOSITORY).on(deliveries);
                long accepted = System.nanoTime();
                long asked = accepted;
                while (client.version(calls) != version) {
                    asked = System.nanoTime();
                    if (asked > accepted + PATIENCE_NANOS) {
                        throw new BenchException("push " + version + " did not become live");
                    }
                }
                pushes.live[i] = (asked - accepted) / 1e6;
                pushes.seen[i] = (System.nanoTime() - accepted) / 1e6;
            }
        }
        Arrays.sort(pushes.live);
        Arrays.sort(pushes.seen);
        return pushes;
    }

    private static List<Finding> live(String when, Pushes pushes) {
        String what = "webhooks: from 202 to the new version live" + when;
        String detail =
                "%d pushes to a bare repository on disk: %.1f to %.1f ms; until a call was answered with it p50 %.1f, p99 %.1f ms"
                        .formatted(
                                pushes.live.length,
                                pushes.live[0],
                                hundredth(pushes.live, 100),
                                hundredth(pushes.seen, 50),
                                hundredth(pushes.seen, 99));
        return List.of(
                new Finding.Bar(what + ", p50", hundredth(pushes.live, 50), MOST_LIVE_MS, "ms", detail),
                new Finding.Bar(what + ", p99", hundredth(pushes.live, 99), MOST_LIVE_MS, "ms", detail));
    }

    private static double hundredth(double[] sorted, int part) {
        return sorted[Math.min(sorted.length - 1, sorted.length * part / 100)];
    }

    private List<Finding> underLoad() throws IOException, InterruptedException {
        double[] usual = call.load(server, LOAD, () -> Thread.sleep(5_000)).millis();
        AtomicReference<Pushes> pushes = new AtomicReference<>();
        VersionedCall.Load during = call.load(server, LOAD, () -> pushes.set(pushes(PUSHES)));
        List<Finding> findings = new ArrayList<>(live(", others calling", pushes.get()));
        findings.add(new Finding.Bar(
                "webhooks: calls during pushes that failed, mixed two versions or went back",
                during.wrong().size(),
                0,
                "calls",
                during.wrong().isEmpty()
                        ? "%,d calls on %d connections, %d pushes".formatted(during.millis().length, LOAD, PUSHES)
                        : during.wrong().getFirst()));
        findings.add(new Finding.Note(
                "webhooks: calls during pushes",
                "p50 %.2f, p99 %.2f, most %.1f ms; without pushes %.2f, %.2f, %.1f"
                        .formatted(
                                hundredth(during.millis(), 50),
                                hundredth(during.millis(), 99),
                                hundredth(during.millis(), 100),
                                hundredth(usual, 50),
                                hundredth(usual, 99),
                                hundredth(usual, 100))));
        return findings;
    }

    private Finding answers() throws InterruptedException {
        List<Double> times = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        new Load(server, SENDERS).everyClient(connection -> {
            for (int i = next.getAndIncrement(); i < DELIVERIES; i = next.getAndIncrement()) {
                times.add(hook.delivery("load-" + i, REPOSITORY).on(connection).nanos() / 1e6);
            }
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Finding.Bar(
                "webhooks: answer to a delivery, p99",
                hundredth(sorted, 99),
                MOST_ANSWER_MS,
                "ms",
                "%,d deliveries on %d connections, %.0f a second; p50 %.1f, most %.1f ms"
                        .formatted(
                                DELIVERIES,
                                SENDERS,
                                DELIVERIES / seconds,
                                hundredth(sorted, 50),
                                sorted[sorted.length - 1]));
    }
}
