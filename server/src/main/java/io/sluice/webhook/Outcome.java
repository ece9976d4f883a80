package io.sluice.webhook;

import io.sluice.script.Refreshed;
import io.sluice.script.ScriptId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking at one or several references.
 *
 * @param concerned scripts that are linked to what moved; none: it is about nothing of ours
 * @param problem why the head could not be read
 */
record Outcome(Optional<String> commit, int concerned, Map<ScriptId, Refreshed> scripts, Optional<String> problem) {

    static Outcome none() {
        return new Outcome(Optional.empty(), 0, Map.of(), Optional.empty());
    }

    static Outcome failed(String why) {
        return new Outcome(Optional.empty(), 1, Map.of(), Optional.of(why));
    }

    /** Of all references of one delivery. */
    static Outcome of(Collection<Outcome> all) {
        Map<ScriptId, Refreshed> scripts = new TreeMap<>();
        all.forEach(one -> scripts.putAll(one.scripts()));
        return new Outcome(
                all.stream().flatMap(one -> one.commit().stream()).findFirst(),
                all.stream().mapToInt(Outcome::concerned).sum(),
                scripts,
                all.stream().flatMap(one -> one.problem().stream()).findFirst());
    }

    Verdict verdict() {
        return problem.isPresent() ? Verdict.FAILED : concerned == 0 ? Verdict.NO_MATCH : Verdict.ACCEPTED;
    }

    /** Those that became live. */
    long moved() {
        return scripts.values().stream()
                .filter(Refreshed.Promoted.class::isInstance)
                .count();
    }

    List<Map.Entry<ScriptId, Refreshed.Refused>> refused() {
        List<Map.Entry<ScriptId, Refreshed.Refused>> refused = new ArrayList<>();
        scripts.forEach((id, came) -> {
            if (came instanceof Refreshed.Refused no) {
                refused.add(Map.entry(id, no));
            }
        });
        return refused;
    }

    /** For the log of deliveries; what stayed as it was is left out. */
    List<Map<String, @Nullable Object>> shown() {
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        scripts.forEach((id, came) -> {
            switch (came) {
                case Refreshed.Promoted up ->
                    shown.add(line(id, "promoted", "version", up.version().number()));
                case Refreshed.Refused no -> shown.add(line(id, "refused", "why", no.why()));
                case Refreshed.Unchanged same -> {}
            }
        });
        return shown;
    }

    private static Map<String, @Nullable Object> line(ScriptId id, String outcome, String more, Object value) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", id.toString());
        line.put("outcome", outcome);
        line.put(more, value);
        return line;
    }
}
