package io.sluice.engine.php;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.Compilation;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Confinement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Measures what a run costs its caller (a virtual thread): not a test. {@code main [seconds per line]}; every result is checked. */
final class PhpEngineBench {
    private static final String TRIVIAL = "$event['response']['content']['flag'] = 'ok';";
    private static final String ROWS =
            "foreach ($event['response']['content']['resource'] as &$r) $r['total'] = $r['price'] * $r['qty'];";
    private static final RowShape SHAPE = RowShape.of(IntStream.range(0, 20)
            .mapToObj(i -> i == 0 ? "price" : i == 1 ? "qty" : "c" + i)
            .toList());

    private final Program program;
    private final int rows;
    private final double seconds;

    private PhpEngineBench(Program program, int rows, double seconds) {
        this.program = program;
        this.rows = rows;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length == 0 ? 3 : Double.parseDouble(arguments[0]);
        try (Confinement confinement = new Confinement(false)) {
            for (PhpSettings settings :
                    List.of(PhpSettings.defaults(), PhpSettings.defaults().withCliOnly())) {
                String kind = settings.cliOnly() ? "php  " : "fpm  ";
                try (PhpEngine engine = new PhpEngine(confinement, settings)) {
                    compile(engine, kind);
                    line(engine, kind + "trivial", TRIVIAL, 0, seconds);
                    line(engine, kind + "100 x 20", ROWS, 100, seconds);
                }
            }
        }
    }

    private static void compile(PhpEngine engine, String kind) {
        long[] took = new long[10];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            program(engine, "return " + i + ";").close();
            took[i] = System.nanoTime() - began;
        }
        System.out.printf(
                "%sfirst compile %.0f ms, then %.0f ms%n",
                kind, took[0] / 1e6, Arrays.stream(took).sorted().toArray()[5] / 1e6);
    }

    private static Program program(PhpEngine engine, String text) {
        return ((Compilation.Compiled) engine.compile(new SourceSet("bench.php", "php", text, Map.of()))).program();
    }

    private static void line(PhpEngine engine, String name, String text, int rows, double seconds) throws Exception {
        PhpEngineBench bench = new PhpEngineBench(program(engine, text), rows, seconds);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> bench.timed(0)).get();
            long[] paced = threads.submit(() -> bench.timed(1_000_000)).get();
            long[] alone = threads.submit(() -> bench.timed(0)).get();
            System.out.printf(
                    "%-16s paced p50 %6.0f us  p99 %6.0f us | closed loop p50 %6.0f us  p99 %6.0f us, %6.0f/s%n",
                    name, at(paced, 50), at(paced, 99), at(alone, 50), at(alone, 99), alone.length / seconds);
        }
        bench.program.close();
    }

    private static double at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e3;
    }

    /** Wall times of runs, sorted. */
    private long[] timed(long pauseNanos) {
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            Map<String, Object> event = event();
            long before = System.nanoTime();
            Run run = program.run(invocation(event));
            times.add(System.nanoTime() - before);
            check(run, event);
            if (pauseNanos > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(pauseNanos);
            }
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static Invocation invocation(Map<String, Object> event) {
        return new Invocation(
                "event:bench",
                event,
                Map.of(),
                request -> Phps.answer(200, null),
                new Limits(System.nanoTime() + 5_000_000_000L, 5_000, 128 * Phps.MB),
                true,
                List.of());
    }

    private Map<String, Object> event() {
        Map<String, Object> content = new LinkedHashMap<>();
        List<Object> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            Object[] values = new Object[20];
            Arrays.setAll(values, column -> column % 3 == 2 ? "text " + column : (Object) column);
            values[0] = i / 4.0;
            values[1] = i;
            all.add(new Row(SHAPE, values));
        }
        content.put("resource", all);
        Map<String, Object> response = new LinkedHashMap<>(Map.of("status_code", 200, "content", content));
        return new LinkedHashMap<>(
                Map.of("request", new LinkedHashMap<>(Map.of("method", "GET")), "response", response));
    }

    @SuppressWarnings("unchecked")
    private void check(Run run, Map<String, Object> event) {
        Map<String, Object> content =
                (Map<String, Object>) ((Map<String, Object>) event.get("response")).get("content");
        boolean right = rows == 0
                ? "ok".equals(content.get("flag"))
                : ((Number) ((Map<String, Object>) ((List<Object>) content.get("resource")).get(rows - 1)).get("total"))
                                .doubleValue()
                        == (rows - 1) / 4.0 * (rows - 1);
        if (!right || !(run.outcome() instanceof Run.Outcome.Completed)) {
            throw new IllegalStateException("wrong: " + run);
        }
    }
}
