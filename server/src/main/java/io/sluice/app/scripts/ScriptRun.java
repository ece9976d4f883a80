package io.sluice.app.scripts;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.engine.SourceSet;
import io.sluice.event.Rehearsal;
import io.sluice.event.RehearsalShown;
import io.sluice.script.Draft;
import io.sluice.script.DryRun.Ending;
import io.sluice.script.DryRuns;
import io.sluice.script.ScriptForm;
import io.sluice.script.ScriptId;
import io.sluice.script.Stub;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code sluice script run}: one script in a file, one event. */
public final class ScriptRun {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ScriptRun() {}

    /**
     * What is asked for.
     *
     * @param event the name of an event, {@code event:NAME} or {@code service:NAME}
     * @param sample a file with the event, or with parts of it; {@code -}: standard input
     * @param script empty: the file in this folder that is named after the event
     * @param type empty: as the file's ending tells
     * @param stubs a file with {@code stubs:}, and {@code store:} and {@code session:} if need be
     */
    public record Asked(
            String event, Optional<Path> sample, Optional<Path> script, Optional<String> type, Optional<Path> stubs) {}

    /** Prints what came of it as JSON; exit status 0 when the script completed, else 1. */
    public static int run(Asked asked, DryRuns runs, PrintWriter out) {
        ScriptId id = ScriptId.parse(asked.event()).orElseGet(() -> ScriptId.event(asked.event()));
        Path file = asked.script().orElseGet(() -> named(id));
        Rehearsal rehearsal =
                rehearsal(runs, draft(id, ScriptFile.read(file, asked.type(), runs), Map.of()), setting(asked));
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(RehearsalShown.of(rehearsal)));
        out.flush();
        return rehearsal.run().ending() == Ending.COMPLETED && rehearsal.error().isEmpty() ? 0 : 1;
    }

    /** That a text cannot be compiled now ends the command: it says nothing about the script. */
    static Rehearsal rehearsal(DryRuns runs, Draft draft, DryRuns.Setting setting) {
        try {
            return Rehearsal.of(runs, draft, setting);
        } catch (ApiException e) {
            throw new UsageException(e.error().message());
        }
    }

    /** @param record fields of the record that the script would have: {@code timeout_ms}, … */
    static Draft draft(ScriptId id, SourceSet source, Map<String, @Nullable Object> record) {
        return new Draft(ScriptForm.read(id, source.language(), true, true, record), source, OptionalInt.empty());
    }

    private static DryRuns.Setting setting(Asked asked) {
        Map<String, @Nullable Object> event = asked.sample().map(Documents::map).orElse(Map.of());
        Map<String, @Nullable Object> more = asked.stubs().map(Documents::map).orElse(Map.of());
        try {
            return new DryRuns.Setting(
                    event,
                    Stub.read(more.get("stubs")),
                    Documents.map("store", more.get("store")),
                    session(Documents.map("session", more.get("session"))));
        } catch (ApiException e) {
            throw new UsageException(asked.stubs().orElse(Path.of("")) + ": " + e.getMessage());
        }
    }

    /** Nobody in particular, unless the author says whom the script serves. */
    static Map<String, @Nullable Object> session(Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> session = DryRuns.session(Caller.ANONYMOUS);
        session.putAll(given);
        return session;
    }

    private static Path named(ScriptId id) {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            List<Path> found = files.filter(file -> isNamed(file.toString(), id.name()))
                    .sorted()
                    .toList();
            if (found.size() == 1) {
                return found.getFirst();
            }
            throw new UsageException(
                    found.isEmpty()
                            ? "There is no file " + id.name()
                                    + ".js (or .ts, .py, .php) in this folder. Name one with --script."
                            : "Several files are named after the event: " + found + ". Name one with --script.");
        } catch (IOException e) {
            throw new UsageException("Cannot look into this folder: " + e);
        }
    }

    private static boolean isNamed(String file, String event) {
        return file.startsWith(event + ".")
                && file.indexOf('.', event.length() + 1) < 0
                && ScriptFile.typeOf(file).isPresent();
    }
}
