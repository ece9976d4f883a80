package io.sluice;

import static io.sluice.testing.Api.one;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.GitServer;
import io.sluice.testing.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the answers to deliveries under load, and the time from a delivery that is accepted to the new version in an answer of the API,
 * over HTTP with a folder of bare repositories: not a test. Exit status 1 beyond 50 ms and 100 ms.
 */
final class WebhookBench {
    private static final String SECRET = "the-secret-of-the-bench";
    private static final int DELIVERIES = 10_000;
    private static final int SENDERS = 8;
    private static final int PUSHES = 60;
    private static final int WARM = 10;

    private final TestServer server;
    private final GitServer git;
    private final Api admin;
    private final long hook;

    private WebhookBench(TestServer server, GitServer git, Path folder) throws Exception {
        this.server = server;
        this.git = git;
        this.admin = server.admin();
        git.create("sales.git");
        git.commit("sales.git", "main", "hello.js", "return {v: 0};", "First");
        long repo = service("repo", "git", Map.of("base_url", "file://" + folder.resolve("git")));
        service(
                "hello",
                "nodejs",
                Map.of(
                        "content",
                        "",
                        "storage_service_id",
                        repo,
                        "scm_repository",
                        "sales.git",
                        "scm_reference",
                        "main",
                        "storage_path",
                        "hello.js"));
        this.hook = admin.post(
                        "system/webhook",
                        one(Map.of("name", "bench", "provider", "github", "service_id", repo, "secret", SECRET)))
                .expect(201)
                .number("/resource/0/id");
    }

    private long service(String name, String type, Map<String, Object> config) {
        return admin.post(
                        "system/service",
                        one(Map.of("name", name, "label", name, "type", type, "is_active", true, "config", config)))
                .expect(201)
                .number("/resource/0/id");
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("sluice-bench");
        double answered;
        double live;
        try (GitServer git = GitServer.start(Files.createDirectories(folder.resolve("git")));
                TestServer server =
                        TestServer.start(folder.resolve("data"), Map.of(Setting.FILES_ROOTS, folder.toString()))) {
            WebhookBench bench = new WebhookBench(server, git, folder);
            live = bench.live();
            answered = bench.answered();
        }
        System.exit(answered <= 50 && live <= 100 ? 0 : 1);
    }

    private HttpResponse<String> deliver(String name) {
        String body = "{\"ref\": \"refs/heads/main\", \"repository\": {\"full_name\": \"sales.git\"}, \"commits\": []}";
        return Deliver.to(server.address(), hook, SECRET, "push", name, body);
    }

    /** Milliseconds, the 99th of a hundred. */
    private double answered() throws Exception {
        List<Double> times = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        long began = System.nanoTime();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.submit(() -> {
                    for (int i = next.getAndIncrement(); i < DELIVERIES; i = next.getAndIncrement()) {
                        long sent = System.nanoTime();
                        int status = deliver("load-" + i).statusCode();
                        times.add(status == 202 ? (System.nanoTime() - sent) / 1e6 : Double.POSITIVE_INFINITY);
                    }
                });
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return told("answer of " + DELIVERIES + " deliveries, " + (int) (DELIVERIES / seconds) + " a second", times);
    }

    /** Milliseconds, the 99th of a hundred, from the answer 202 to the first answer of the new version. */
    private double live() throws Exception {
        List<Double> times = new ArrayList<>();
        for (int version = 1; version <= WARM + PUSHES; version++) {
            if (version == 1) {
                Eventually.is(
                        "the first version is live", () -> admin.get("hello").status() == 200);
            }
            git.commit("sales.git", "main", "hello.js", "return {v: " + version + "};", "Version " + version);
            if (deliver("push-" + version).statusCode() != 202) {
                return Double.POSITIVE_INFINITY;
            }
            long accepted = System.nanoTime();
            while (admin.get("hello").ok().number("/v") != version) {
                Thread.onSpinWait();
            }
            if (version > WARM) {
                times.add((System.nanoTime() - accepted) / 1e6);
            }
        }
        return told("accepted to live, " + PUSHES + " pushes", times);
    }

    private static double told(String what, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        double worst = sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100));
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                what,
                sorted.get(sorted.size() / 2),
                worst,
                sorted.getLast());
        return worst;
    }
}
