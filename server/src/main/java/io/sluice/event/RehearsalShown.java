package io.sluice.event;

import io.sluice.api.ApiError;
import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
import io.sluice.engine.Where;
import io.sluice.script.DryRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A dry run as data, as the API and the command line show it. Pure. */
public final class RehearsalShown {
    private RehearsalShown() {}

    public static Map<String, @Nullable Object> of(Rehearsal rehearsal) {
        DryRun run = rehearsal.run();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("script", rehearsal.draft().script().id().toString());
        shown.put("type", rehearsal.draft().source().language());
        shown.put("version", number(rehearsal.draft().version()));
        shown.put("outcome", run.ending().word());
        shown.put(
                "error",
                rehearsal.error().map(error -> error(error, run.where())).orElse(null));
        shown.put("returned", run.returned());
        shown.put("result", run.value());
        shown.put("event", run.event());
        shown.put("response", rehearsal.response().map(RehearsalShown::response).orElse(null));
        shown.put("console", console(run));
        shown.put("calls", run.calls().stream().map(RehearsalShown::call).toList());
        shown.put("store", run.store());
        shown.put("duration_us", run.took().toNanos() / 1_000);
        return shown;
    }

    private static List<Map<String, String>> console(DryRun run) {
        return run.console().stream()
                .map(line -> Map.of("level", line.level(), "text", line.text()))
                .toList();
    }

    /** What the caller would get: {@code status_code}, {@code content_type}, {@code content}, {@code headers}. */
    public static Map<String, @Nullable Object> response(ServiceResult result) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("status_code", result.status());
        shown.put("content_type", result.contentType());
        shown.put("content", result.content() instanceof Content.Tree(@Nullable Object value) ? value : null);
        shown.put("headers", result.headers());
        return shown;
    }

    /** What the caller would be told, and the place, which only the author sees. */
    public static Map<String, @Nullable Object> error(ApiError error, Where where) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("status", error.status());
        shown.put("message", error.message());
        shown.put("context", error.context());
        shown.put("file", where.known() ? where.file() : null);
        shown.put("line", where.known() ? where.line() : null);
        shown.put("column", where.column() > 0 ? where.column() : null);
        shown.put("source", where.known() ? where.source() : null);
        return shown;
    }

    /** {@code stub} is the number from 0 of the one that answered, null when none did. */
    public static Map<String, @Nullable Object> call(DryRun.Call call) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("method", call.method());
        shown.put("path", call.path());
        shown.put("parameters", call.parameters());
        shown.put("payload", call.payload());
        shown.put("stub", number(call.stub()));
        shown.put("status", call.status());
        return shown;
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
