package io.sluice.engine.js;

import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A script of {@code hostile.txt}.
 *
 * @param kind how it is to end
 */
record Hostile(String kind, String script) {
    static final long TIME_MILLIS = 150;
    static final long MEMORY = 32 * Js.MB;

    static List<Hostile> corpus() {
        List<Hostile> corpus = new ArrayList<>();
        String kind = "";
        for (String line : Hardening.lines("hostile.txt")) {
            if (line.matches("\\[[a-z]+]")) {
                kind = line.substring(1, line.length() - 1);
            } else {
                corpus.add(new Hostile(kind, line));
            }
        }
        return corpus;
    }

    /** The script, which does nothing without {@code event.attack}. */
    String text() {
        return "if (event.attack) { " + script + "\n}";
    }

    Run run(JsProgram program, boolean attack, boolean strict) {
        Js js = new Js();
        js.strict = strict;
        js.timeoutMillis = attack && kind.equals("time") ? TIME_MILLIS : 30_000;
        js.memoryBytes = switch (kind) {
            case "time" -> 100_000 * Js.MB;
            case "stack", "flood" -> 512 * Js.MB;
            default -> MEMORY;
        };
        js.event = new LinkedHashMap<>(Map.of("response", content()));
        js.calls = request -> Js.answer(200, null);
        if (attack) {
            js.event.put("attack", true);
        }
        return js.run(program);
    }

    private static Map<String, Object> content() {
        return new LinkedHashMap<>(Map.of("content", new LinkedHashMap<>(Map.of("resource", new ArrayList<>()))));
    }

    boolean endedAsItShould(Run run) {
        return switch (kind) {
            case "time" ->
                run.outcome() instanceof Run.Outcome.Stopped(Limit limit, String words) && limit == Limit.TIME;
            case "memory" ->
                run.outcome() instanceof Run.Outcome.Stopped(Limit limit, String words) && limit == Limit.MEMORY;
            case "stack" ->
                run.outcome() instanceof Run.Outcome.Threw threw
                        && threw.message().contains("call stack");
            case "flood" ->
                run.outcome() instanceof Run.Outcome.Completed
                        && run.console().stream()
                                        .mapToInt(line -> line.text().length())
                                        .sum()
                                <= Console.MAX_CHARACTERS + 200;
            default -> !(run.outcome() instanceof Run.Outcome.Completed);
        };
    }

    @Override
    public String toString() {
        return kind + ": " + script;
    }
}
