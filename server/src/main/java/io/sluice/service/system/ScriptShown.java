package io.sluice.service.system;

import io.sluice.engine.Run.Printed;
import io.sluice.engine.Where;
import io.sluice.script.Refreshed;
import io.sluice.script.RunStats;
import io.sluice.script.ScriptStatus;
import io.sluice.script.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scripts, versions and runs as {@code system/script} shows them. Times are ISO-8601 in UTC. */
final class ScriptShown {
    private ScriptShown() {}

    static Map<String, @Nullable Object> status(ScriptStatus status) {
        Optional<Version> version = status.version();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", status.script().id().toString());
        shown.put("type", status.script().type());
        shown.put("is_active", status.script().active());
        shown.put("source", status.source());
        shown.put("version", version.map(Version::number).orElse(null));
        shown.put("promotion", status.promotion());
        shown.put("revision", version.map(Version::revision).orElse(null));
        shown.put("hash", version.map(Version::hash).orElse(null));
        shown.put("state", status.state().word());
        shown.put("last_error", status.lastError());
        shown.put("loaded_at", version.map(one -> one.loadedAt().toString()).orElse(null));
        shown.put("runs", status.figures().runs());
        shown.put("errors", status.figures().errors());
        shown.put("p50_us", status.figures().p50Micros());
        shown.put("p99_us", status.figures().p99Micros());
        return shown;
    }

    static Map<String, @Nullable Object> version(Version version) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("version", version.number());
        shown.put("hash", version.hash());
        shown.put("revision", version.revision());
        shown.put("source", version.from());
        shown.put("loaded_at", version.loadedAt().toString());
        shown.put("author", version.author().orElse(null));
        shown.put("message", version.message().orElse(null));
        return shown;
    }

    static Map<String, @Nullable Object> text(Version version) {
        Map<String, @Nullable Object> shown = version(version);
        shown.put("content", version.source().text());
        shown.put("path", version.source().path());
        shown.put("siblings", new TreeMap<>(version.source().siblings()));
        return shown;
    }

    static Map<String, @Nullable Object> moved(Refreshed.Promoted promoted) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", promoted.version().script().toString());
        shown.put("version", promoted.version().number());
        shown.put("promotion", promoted.promotion());
        return shown;
    }

    static Map<String, @Nullable Object> refreshed(Refreshed refreshed) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        switch (refreshed) {
            case Refreshed.Promoted up -> {
                shown.put("outcome", "promoted");
                shown.putAll(version(up.version()));
                shown.put("promotion", up.promotion());
            }
            case Refreshed.Unchanged same -> {
                shown.put("outcome", "unchanged");
                shown.putAll(version(same.version()));
                shown.put("note", same.note());
            }
            case Refreshed.Refused refused -> {
                shown.put("outcome", "refused");
                shown.put("why", refused.why());
                shown.put("goes_on", refused.goesOn().map(ScriptShown::version).orElse(null));
            }
        }
        return shown;
    }

    /** {@code printed} counts all lines; {@code console} has the first of them. */
    static Map<String, @Nullable Object> report(RunStats.Report report) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("at", report.at().toString());
        shown.put("took_us", report.took().toNanos() / 1_000);
        shown.put("outcome", report.outcome());
        shown.put("version", report.version());
        shown.put("where", report.where().known() ? where(report.where()) : null);
        shown.put("console", lines(report.console()));
        shown.put("printed", report.printed());
        return shown;
    }

    static Map<String, @Nullable Object> where(Where where) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("file", where.file());
        shown.put("line", where.line());
        shown.put("column", where.column() == 0 ? null : where.column());
        shown.put("source", where.source());
        return shown;
    }

    static List<Map<String, String>> lines(List<Printed> console) {
        return console.stream()
                .map(line -> Map.of("level", line.level(), "text", line.text()))
                .toList();
    }
}
