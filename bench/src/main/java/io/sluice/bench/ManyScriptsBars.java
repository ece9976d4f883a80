package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Ten thousand scripts that are linked to a hundred repositories: what they hold in memory, how long a start takes while no repository
 * can be reached, and how soon after a push the new text is live.
 */
final class ManyScriptsBars {
    private static final int REPOSITORIES = 100;
    private static final int EACH = 100;
    private static final int COLD = 11;
    private static final int PUSHES = 51;
    private static final double MOST_START_S = 5;
    private static final double MOST_KB = 20;
    private static final double MOST_PUSH_MS = 100;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Between two questions: who asks on and on takes up as much of the machine as the push itself. */
    private static final long PAUSE_NANOS = 2_000_000;

    /** What one script is long, beside the 1 KB that all of its repository import. */
    private static final int CHARACTERS = 2_000;

    private final Sluice sluice;
    private final Workspace workspace;
    private final Path data;
    private final BareRepositories repositories;
    private Hook hook = new Hook("", "");

    private ManyScriptsBars(Sluice sluice, Workspace workspace) throws IOException {
        this.sluice = sluice;
        this.workspace = workspace;
        this.data = workspace.folder("data");
        this.repositories = new BareRepositories(data.resolve("files/repositories"));
    }

    static List<Finding> measure(Sluice sluice, Workspace workspace) throws IOException, InterruptedException {
        ManyScriptsBars bars = new ManyScriptsBars(sluice, workspace);
        bars.fill();
        long before = bars.link();
        return bars.measured(before);
    }

    private void fill() throws IOException, InterruptedException {
        for (int i = 0; i < REPOSITORIES; i++) {
            Map<String, String> files = new HashMap<>();
            files.put("lib.js", "exports.tax = 1.19;\n" + "// shared\n".repeat(100));
            for (int j = 0; j < EACH; j++) {
                files.put(j + ".js", text(j, 1));
            }
            repositories.make("r" + i);
            repositories.commit("r" + i, files, true);
        }
    }

    private static String text(int number, int push) {
        String code = "const { tax } = require('./lib');\nevent.response.content.taxed = tax * %d * %d;\n"
                .formatted(number, push);
        return code + "// what it is for\n".repeat((CHARACTERS - code.length()) / 18);
    }

    private static String event(int repository, int number) {
        return "db._table.t%d_%d.get.post_process".formatted(repository, number);
    }

    /** Makes the records and fetches the texts; bytes of the heap before. */
    private long link() throws IOException, InterruptedException {
        ServerProcess server = sluice.serve(data, workspace);
        try (Administrator admin = new Administrator(server.port());
                HttpConnection deliveries = new HttpConnection(server.port())) {
            long before = Standing.of(server, List.of()).liveBytes();
            int service = admin.gitService("repositories", "file://" + repositories.folder());
            hook = admin.webhook("pushes", service);
            for (int i = 0; i < REPOSITORIES; i++) {
                for (int j = 0; j < EACH; j++) {
                    admin.linkedScript(event(i, j), service, "r" + i, j + ".js");
                }
                hook.delivery("first-" + i, "r" + i).on(deliveries);
            }
            for (int i = 0; i < REPOSITORIES; i++) {
                await(admin, event(i, EACH - 1), 1);
            }
            return before;
        } finally {
            workspace.end(server);
        }
    }

    private static void await(Administrator admin, String event, int version) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (admin.versionOf(event) != version) {
            if (System.nanoTime() > end) {
                throw new BenchException(event + " did not come to version " + version);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private List<Finding> measured(long before) throws IOException, InterruptedException {
        Path away = data.resolve("files/away");
        Files.move(repositories.folder(), away);
        ServerProcess server = sluice.serve(data, workspace);
        try {
            long after = Standing.of(server, List.of()).liveBytes();
            Files.move(away, repositories.folder());
            List<Finding> standing = List.of(
                    new Finding.Bar(
                            "scripts10k: start with every repository away",
                            server.ready().wallNanos() / 1e9,
                            MOST_START_S,
                            "s",
                            "%,d linked scripts, one start".formatted(REPOSITORIES * EACH)),
                    new Finding.Bar(
                            "scripts10k: memory of an idle script",
                            (after - before) / 1024.0 / (REPOSITORIES * EACH),
                            MOST_KB,
                            "KB",
                            "heap after a forced collection: %,d KB with them, %,d KB of an empty server"
                                    .formatted(after / 1024, before / 1024)));
            return Stream.concat(standing.stream(), pushes(server).stream()).toList();
        } finally {
            workspace.end(server);
        }
    }

    /**
     * From just before a delivery is sent until the version is seen to be live, which is asked for every 2 ms. The first pushes meet a
     * server that is still warming its engines up: they are told beside the bar.
     */
    private List<Finding> pushes(ServerProcess server) throws IOException, InterruptedException {
        double[] millis = new double[COLD + PUSHES];
        try (Administrator admin = new Administrator(server.port());
                HttpConnection deliveries = new HttpConnection(server.port())) {
            for (int i = 0; i < millis.length; i++) {
                repositories.commit("r7", Map.of("5.js", text(5, i + 2)), false);
                long began = System.nanoTime();
                hook.delivery("push-" + i, "r7").on(deliveries);
                await(admin, event(7, 5), i + 2);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        double[] later = Arrays.copyOfRange(millis, COLD, millis.length);
        return List.of(
                new Finding.Bar(
                        "scripts10k: from a push to its version live",
                        Estimate.of(later).median(),
                        MOST_PUSH_MS,
                        "ms",
                        "signed delivery over HTTP, repository with %d scripts in a folder; %s"
                                .formatted(EACH, told(later))),
                new Finding.Note(
                        "scripts10k: the first pushes after a start", told(Arrays.copyOfRange(millis, 0, COLD))));
    }

    private static String told(double[] millis) {
        Estimate took = Estimate.of(millis);
        return "median of %d pushes %.0f ms, %.0f to %.0f ms, the slowest %.0f ms"
                .formatted(
                        millis.length,
                        took.median(),
                        took.low(),
                        took.high(),
                        Arrays.stream(millis).max().orElse(0));
    }
}
