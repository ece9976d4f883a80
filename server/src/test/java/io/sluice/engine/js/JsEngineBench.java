package io.sluice.engine.js;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Measures what a run costs its caller (a virtual thread): not a test. {@code main [seconds per line]}; every result is checked.
 * A paced line leaves time between runs, so that contexts can be made ahead; an unpaced one uses all there is.
 */
final class JsEngineBench {
    private static final String TRIVIAL = "event.response.content.flag = 'ok'";
    private static final String ROWS = "for (const r of event.response.content.resource) r.total = r.price * r.qty";
    private static final RowShape SHAPE = RowShape.of(IntStream.range(0, 20)
            .mapToObj(i -> i == 0 ? "price" : i == 1 ? "qty" : "c" + i)
            .toList());

    private final Program program;
    private final boolean strict;
    private final int rows;
    private final double seconds;

    private JsEngineBench(Program program, boolean strict, int rows, double seconds) {
        this.program = program;
        this.strict = strict;
        this.rows = rows;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length == 0 ? 3 : Double.parseDouble(arguments[0]);
        long began = System.nanoTime();
        try (JavaScriptEngine first = new JavaScriptEngine(JsSettings.defaults())) {
            new Js(first).value("return 1");
        }
        System.out.printf("first compile and run %.0f ms%n", (System.nanoTime() - began) / 1e6);
        for (boolean strict : new boolean[] {false, true}) {
            try (JavaScriptEngine engine = new JavaScriptEngine(JsSettings.defaults())) {
                String way = strict ? "strict" : "auto";
                line(engine, way + ", trivial", TRIVIAL, strict, 0, seconds);
                line(engine, way + ", 100 x 20", ROWS, strict, 100, seconds);
            }
        }
    }

    private static void line(
            JavaScriptEngine engine, String name, String text, boolean strict, int rows, double seconds)
            throws Exception {
        JsEngineBench bench = new JsEngineBench(new Js(engine).program(text), strict, rows, seconds);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> bench.timed(0)).get();
            long[] paced = threads.submit(() -> bench.timed(1_000_000)).get();
            Map<String, Long> before = cpu();
            long[] alone = threads.submit(() -> bench.timed(0)).get();
            Map<String, Long> after = cpu();
            after.replaceAll((thread, nanos) -> (nanos - before.getOrDefault(thread, 0L)) / alone.length);
            System.out.printf(
                    "%-20s paced p50 %6.0f us  p99 %6.0f us | closed loop p50 %6.0f us  p99 %6.0f us, %6.0f/s | script alone %6.0f us | CPU %s ns%n",
                    name,
                    at(paced, 50),
                    at(paced, 99),
                    at(alone, 50),
                    at(alone, 99),
                    alone.length / seconds,
                    bench.inside(),
                    after);
        }
    }

    /** CPU nanoseconds by kind of thread. Of the compilers', only Graal's queue is among them. */
    private static Map<String, Long> cpu() {
        java.lang.management.ThreadMXBean threads = java.lang.management.ManagementFactory.getThreadMXBean();
        Map<String, Long> sums = new java.util.TreeMap<>();
        for (java.lang.management.ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                String kind = thread.getThreadName().replaceAll("[-\\d]+", "");
                sums.merge(kind, Math.max(0, threads.getThreadCpuTime(thread.getThreadId())), Long::sum);
            }
        }
        sums.keySet().removeIf(kind -> !kind.startsWith("script") && !kind.startsWith("ForkJoin"));
        return sums;
    }

    private double inside() {
        long[] took = new long[500];
        for (int i = 0; i < took.length; i++) {
            took[i] = program.run(invocation(event())).took().toNanos();
        }
        Arrays.sort(took);
        return took[took.length / 2] / 1e3;
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

    private Invocation invocation(Map<String, Object> event) {
        return new Invocation(
                "event:bench",
                event,
                Map.of(),
                request -> Js.answer(200, null),
                new Limits(System.nanoTime() + 5_000_000_000L, 5_000, 128 * Js.MB),
                strict,
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
