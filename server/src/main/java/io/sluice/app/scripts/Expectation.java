package io.sluice.app.scripts;

import io.sluice.api.ApiError;
import io.sluice.event.Rehearsal;
import io.sluice.event.RehearsalShown;
import io.sluice.script.DryRun;
import io.sluice.script.Likeness;
import io.sluice.script.Likeness.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must come of a case. Without a word about an error the script must not fail; a call that no stub answered fails the case,
 * unless the case expects it as {@code stub: null}.
 */
record Expectation(Map<String, @Nullable Object> fields) {
    private static final Set<String> FIELDS =
            Set.of("returned", "event", "response", "error", "console", "calls", "store");

    static Expectation read(String place, @Nullable Object given) {
        Map<String, @Nullable Object> fields = Documents.map(place, given);
        TestFile.known(place, fields, FIELDS);
        list(place, fields, "console");
        list(place, fields, "calls");
        return new Expectation(fields);
    }

    private static void list(String place, Map<String, @Nullable Object> fields, String field) {
        if (fields.containsKey(field) && !(fields.get(field) instanceof List)) {
            throw new UsageException(place + "." + field + " must be a list.");
        }
    }

    /** Empty when all is as expected. */
    List<Difference> differences(Rehearsal rehearsal) {
        List<Difference> differences = new ArrayList<>(error(rehearsal));
        DryRun run = rehearsal.run();
        compare(differences, "returned", run.value());
        compare(differences, "event", run.event());
        compare(
                differences,
                "response",
                rehearsal.response().map(RehearsalShown::response).orElse(null));
        compare(differences, "store", run.store());
        differences.addAll(console(run));
        differences.addAll(calls(run));
        return differences;
    }

    private void compare(List<Difference> differences, String field, @Nullable Object actual) {
        if (fields.containsKey(field)) {
            differences.addAll(Likeness.differences(field, fields.get(field), actual));
        }
    }

    /** A text is looked for in the message; a map is compared, its message looked for likewise. */
    private List<Difference> error(Rehearsal rehearsal) {
        @Nullable Object expected = fields.get("error");
        if (rehearsal.error().isEmpty()) {
            return expected == null ? List.of() : List.of(new Difference("error", expected, null));
        }
        ApiError error = rehearsal.error().get();
        Map<String, @Nullable Object> actual =
                RehearsalShown.error(error, rehearsal.run().where());
        if (expected == null) {
            return List.of(new Difference("error", null, told(error, rehearsal.run())));
        }
        Map<String, @Nullable Object> wanted = expected instanceof Map
                ? Documents.map("error", expected)
                : Documents.map("error", Map.of("message", expected));
        if (wanted.get("message") instanceof String words && error.message().contains(words)) {
            wanted.put("message", error.message());
        }
        return Likeness.differences("error", wanted, actual);
    }

    private static String told(ApiError error, DryRun run) {
        return error.status() + " " + error.message() + (run.where().known() ? " (" + run.where() + ")" : "");
    }

    /** Each is part of some line, one after the other. */
    private List<Difference> console(DryRun run) {
        if (!(fields.get("console") instanceof List<?> expected)) {
            return List.of();
        }
        List<String> lines = run.console().stream().map(line -> line.text()).toList();
        int at = 0;
        for (int i = 0; i < expected.size(); i++) {
            String words = String.valueOf(expected.get(i));
            while (at < lines.size() && !lines.get(at).contains(words)) {
                at++;
            }
            if (at == lines.size()) {
                return List.of(new Difference("console[" + i + "]", words, lines));
            }
            at++;
        }
        return List.of();
    }

    private List<Difference> calls(DryRun run) {
        List<?> expected = fields.get("calls") instanceof List<?> list ? list : List.of();
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < run.calls().size(); i++) {
            DryRun.Call call = run.calls().get(i);
            boolean foreseen =
                    i < expected.size() && expected.get(i) instanceof Map<?, ?> map && map.containsKey("stub");
            if (call.stub().isEmpty() && !foreseen) {
                differences.add(new Difference("calls[" + i + "]", "a stub that answers " + call, "none fits"));
            }
        }
        if (fields.containsKey("calls")) {
            differences.addAll(calls(expected, run.calls()));
        }
        return differences;
    }

    /** {@code GET db/_table/orders}, or a map of what matters of the call. */
    private static List<Difference> calls(List<?> expected, List<DryRun.Call> made) {
        if (expected.size() != made.size()) {
            return List.of(new Difference(
                    "calls", expected, made.stream().map(DryRun.Call::toString).toList()));
        }
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            DryRun.Call call = made.get(i);
            @Nullable Object actual = expected.get(i) instanceof Map ? RehearsalShown.call(call) : call.toString();
            differences.addAll(Likeness.differences("calls[" + i + "]", expected.get(i), actual));
        }
        return differences;
    }
}
