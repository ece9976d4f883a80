package io.sluice.engine.python;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.process.Confinement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Measures what a run costs its caller (a virtual thread): not a test. {@code main [seconds per line]}; every result is checked. */
final class PythonEngineBench {
    private static final String TRIVIAL = "event.response.content.flag = 'ok'";
    private static final String ROWS = "for r in event.response.content.resource: r['total'] = r['price'] * r['qty']";
    private static final RowShape SHAPE = RowShape.of(IntStream.range(0, 20)
            .mapToObj(i -> i == 0 ? "price" : i == 1 ? "qty" : "c" + i)
            .toList());

    private PythonEngineBench() {}

    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length == 0 ? 3 : Double.parseDouble(arguments[0]);
        try (Confinement confinement = new Confinement(true);
                PythonEngine engine = new PythonEngine(confinement, PythonSettings.in(Path.of("/nowhere")));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = System.nanoTime();
            new Py(engine).value("return 1");
            System.out.printf("first compile and run %.0f ms%n", (System.nanoTime() - began) / 1e6);
            began = System.nanoTime();
            new Py(engine).value("return 2");
            System.out.printf("second script, compile and run %.0f ms%n", (System.nanoTime() - began) / 1e6);
            for (boolean strict : new boolean[] {false, true}) {
                line(threads, engine, "trivial", TRIVIAL, 0, strict, seconds);
                line(threads, engine, "100 x 20", ROWS, 100, strict, seconds);
            }
        }
    }

    private static void line(
            java.util.concurrent.ExecutorService threads,
            PythonEngine engine,
            String name,
            String text,
            int rows,
            boolean strict,
            double seconds)
            throws Exception {
        Program program = new Py(engine).program(text);
        threads.submit(() -> timed(program, rows, strict, seconds)).get();
        long[] sorted =
                threads.submit(() -> timed(program, rows, strict, seconds)).get();
        System.out.printf(
                "%-10s %-7s p50 %6.0f us  p90 %6.0f us  p99 %6.0f us  %6.0f/s%n",
                name,
                strict ? "strict" : "auto",
                sorted[sorted.length / 2] / 1e3,
                sorted[sorted.length * 9 / 10] / 1e3,
                sorted[sorted.length * 99 / 100] / 1e3,
                sorted.length / seconds);
        program.close();
    }

    /** Wall times of runs, sorted. */
    private static long[] timed(Program program, int rows, boolean strict, double seconds) {
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            Map<String, Object> event = event(rows);
            long before = System.nanoTime();
            Run run = program.run(new Invocation(
                    "event:bench",
                    event,
                    Map.of("session", Map.of("user", Map.of("id", 1))),
                    request -> Py.answer(200, null),
                    new Limits(System.nanoTime() + 5_000_000_000L, 5_000, 512 * Py.MB),
                    strict,
                    List.of()));
            times.add(System.nanoTime() - before);
            check(run, event, rows);
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static Map<String, Object> event(int rows) {
        Map<String, Object> content = new LinkedHashMap<>();
        List<Row> resource = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            Object[] values = new Object[SHAPE.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = c == 0 ? (Object) (r + 0.5) : c == 1 ? (Object) r : "value " + r + " of " + c;
            }
            resource.add(new Row(SHAPE, values));
        }
        content.put("resource", resource);
        Map<String, Object> response = new LinkedHashMap<>(Map.of("status_code", 200, "content", content));
        Map<String, Object> request = new LinkedHashMap<>(Map.of("method", "GET", "headers", Map.of("accept", "json")));
        return new LinkedHashMap<>(Map.of("request", request, "response", response));
    }

    private static void check(Run run, Map<String, Object> event, int rows) {
        Map<?, ?> content = (Map<?, ?>) ((Map<?, ?>) event.get("response")).get("content");
        boolean right = rows == 0
                ? "ok".equals(content.get("flag"))
                : ((Map<?, ?>) ((List<?>) content.get("resource")).get(2))
                        .get("total")
                        .equals(5.0);
        if (!(run.outcome() instanceof Run.Outcome.Completed) || !right) {
            throw new IllegalStateException(run + " " + content);
        }
    }
}
