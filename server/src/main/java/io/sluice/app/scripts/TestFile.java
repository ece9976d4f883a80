package io.sluice.app.scripts;

import io.sluice.api.ApiException;
import io.sluice.engine.SourceSet;
import io.sluice.script.Draft;
import io.sluice.script.DryRuns;
import io.sluice.script.ScriptId;
import io.sluice.script.Stub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A test file: a script with cases. What a case does not say, the file says for all.
 *
 * @param draft the script, as it is now
 */
record TestFile(Path file, Draft draft, List<Case> cases) {
    private static final Set<String> FIELDS =
            Set.of("id", "script", "type", "record", "event", "stubs", "store", "session", "cases");
    private static final Set<String> CASE_FIELDS =
            Set.of("name", "event", "event_file", "stubs", "store", "session", "expect");
    private static final List<String> ENDINGS = List.of(".test.yaml", ".test.yml");

    /** One run and what must come of it. The event of the setting is fresh for each. */
    record Case(String name, DryRuns.Setting setting, Expectation expectation) {}

    static boolean isOne(Path file) {
        return ENDINGS.stream().anyMatch(file.toString()::endsWith);
    }

    /** @param sources makes the texts of a script of its entry file; the second part is the type, where the file says one */
    static TestFile read(Path file, Sources sources) {
        Map<String, @Nullable Object> fields = Documents.map(file);
        known(file.toString(), fields, FIELDS);
        Path folder = file.toAbsolutePath().resolveSibling("");
        Path entry = fields.get("script") instanceof String script
                ? folder.resolve(script)
                : beside(file.toAbsolutePath());
        Optional<String> type = Optional.ofNullable(fields.get("type")).map(String::valueOf);
        SourceSet source = sources.read(entry, type);
        return said(file, () -> {
            Draft draft = ScriptRun.draft(id(fields.get("id")), source, Documents.map("record", fields.get("record")));
            return new TestFile(file, draft, cases(folder, fields));
        });
    }

    /** From an entry file and, where known, its type. */
    interface Sources {
        SourceSet read(Path entry, Optional<String> type);
    }

    private static <T> T said(Path file, Supplier<T> work) {
        try {
            return work.get();
        } catch (ApiException | UsageException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private static ScriptId id(@Nullable Object given) {
        return Optional.ofNullable(given)
                .map(String::valueOf)
                .flatMap(ScriptId::parse)
                .orElseThrow(
                        () -> new UsageException(
                                "'id' must say which script this is: event:db._table.orders.get.post_process or service:NAME."));
    }

    /** {@code orders.js} beside {@code orders.test.yaml}. */
    private static Path beside(Path file) {
        String name = String.valueOf(file.getFileName());
        String base = name.substring(0, name.lastIndexOf(".test."));
        return List.of(".js", ".mjs", ".cjs", ".ts", ".mts", ".py", ".php").stream()
                .map(ending -> file.resolveSibling(base + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new UsageException(file + ": there is no script " + base
                        + ".js (or .ts, .py, .php) beside it; name one with 'script'."));
    }

    private static List<Case> cases(Path folder, Map<String, @Nullable Object> fields) {
        if (!(fields.get("cases") instanceof List<?> list) || list.isEmpty()) {
            throw new UsageException("'cases' must be a list of at least one case.");
        }
        List<Case> cases = new ArrayList<>();
        for (Object each : list) {
            String place = "cases[" + cases.size() + "]";
            cases.add(one(folder, place, fields, Documents.map(place, each)));
        }
        return List.copyOf(cases);
    }

    private static Case one(
            Path folder, String place, Map<String, @Nullable Object> all, Map<String, @Nullable Object> own) {
        known(place, own, CASE_FIELDS);
        List<Stub> stubs = new ArrayList<>(Stub.read(own.get("stubs")));
        stubs.addAll(Stub.read(all.get("stubs")));
        Function<String, Map<String, @Nullable Object>> both = field -> {
            Map<String, @Nullable Object> map = Documents.map(field, all.get(field));
            map.putAll(Documents.map(place + "." + field, own.get(field)));
            return map;
        };
        Map<String, @Nullable Object> event = own.get("event_file") instanceof String name
                ? Documents.map(folder.resolve(name))
                : new LinkedHashMap<>();
        both.apply("event").forEach(event::putIfAbsent);
        event.putAll(Documents.map(place + ".event", own.get("event")));
        return new Case(
                own.get("name") instanceof String name ? name : place,
                new DryRuns.Setting(
                        event, List.copyOf(stubs), both.apply("store"), ScriptRun.session(both.apply("session"))),
                Expectation.read(place + ".expect", own.get("expect")));
    }

    static void known(String place, Map<String, @Nullable Object> fields, Set<String> names) {
        fields.keySet().stream()
                .filter(field -> !names.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new UsageException(place + " has a field '" + field + "'. There are: "
                            + names.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
    }
}
