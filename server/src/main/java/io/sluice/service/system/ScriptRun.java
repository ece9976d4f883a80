package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.event.Rehearsal;
import io.sluice.event.RehearsalShown;
import io.sluice.script.Draft;
import io.sluice.script.DryRuns;
import io.sluice.script.RunScope;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.script.Stub;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST system/script/{id}/run}: runs a text without doing anything. */
record ScriptRun(Scripts scripts) {
    private static final Set<String> FIELDS =
            Set.of("event", "stubs", "store", "session", "version", "content", "type");

    ServiceResult handle(ScriptId id, ServiceRequest request) {
        Map<String, @Nullable Object> body = body(request.payload());
        DryRuns.Setting setting = new DryRuns.Setting(
                object(body, "event"),
                Stub.read(body.get("stubs")),
                object(body, "store"),
                body.containsKey("session") ? object(body, "session") : DryRuns.session(request.caller()));
        Draft draft = scripts.draft(id, which(body));
        RunScope scope = RunScope.CURRENT.orElseThrow(() -> new IllegalStateException("no call is under way"));
        Rehearsal rehearsal = scripts.within(scope, () -> Rehearsal.of(scripts.dryRuns(), draft, setting));
        return ServiceResult.ok(RehearsalShown.of(rehearsal));
    }

    private static Map<String, @Nullable Object> body(@Nullable Object payload) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (payload instanceof Map<?, ?> map) {
            map.forEach((name, value) -> body.put(String.valueOf(name), value));
        } else if (payload != null) {
            throw ApiException.badRequest("A dry run takes an object such as {\"event\": {}, \"stubs\": []}.");
        }
        body.keySet().stream()
                .filter(field -> !FIELDS.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw ApiException.badRequest("A dry run has no field '" + field + "'. There are: "
                            + FIELDS.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
        return body;
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> body, String field) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        switch (body.get(field)) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((name, value) -> object.put(String.valueOf(name), value));
            default -> throw ApiException.badRequest("Field '" + field + "' must be an object.");
        }
        return object;
    }

    private static Draft.Which which(Map<String, @Nullable Object> body) {
        @Nullable Object content = body.get("content");
        @Nullable Object version = body.get("version");
        if (content != null && version != null) {
            throw ApiException.badRequest("A dry run takes 'content' or 'version', not both.");
        }
        if (content != null) {
            return new Draft.Given(text("content", content), text("type", body.getOrDefault("type", "")));
        }
        return switch (version) {
            case null -> new Draft.Current();
            case Integer number -> new Draft.Kept(number);
            default -> throw ApiException.badRequest("Field 'version' must be a whole number, not '" + version + "'.");
        };
    }

    private static String text(String field, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            default -> throw ApiException.badRequest("Field '" + field + "' must be text.");
        };
    }

    static Operation operation(String path) {
        return Operation.of(Verb.POST, path, "ScriptRun", "Run a script dry")
                .saying("Runs the stored or live text, a kept version, or the text of the body under the limits of the"
                        + " record. Its calls are answered from the stubs, the first that fits; one that no stub fits gets"
                        + " an error that names it. Nothing is written, no event fires, nothing is counted.")
                .taking(Data.json("What the script finds.", taken()).such(example()))
                .giving(200, Data.json("What came of it, also where the script failed.", given()));
    }

    private static Map<String, Object> taken() {
        Map<String, Object> stub = new LinkedHashMap<>();
        stub.put("method", Shape.said(Shape.TEXT, "Default: any."));
        stub.put("path", Shape.said(Shape.TEXT, "Below /api/v2/, or an absolute address; * stands for any text."));
        stub.put("parameters", Shape.said(Map.of("type", "object"), "Those that the call must have."));
        stub.put("payload", Shape.said(Shape.ANY, "What it must carry; objects may hold more."));
        stub.put("status", Shape.said(Shape.WHOLE, "Of the answer. Default: 200."));
        stub.put("content", Shape.said(Shape.ANY, "Of the answer."));
        stub.put("content_type", Shape.TEXT);
        stub.put("headers", Map.of("type", "object"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", Shape.said(Map.of("type", "object"), "Parts of the event; the rest is as usual."));
        fields.put("stubs", Shape.list(Shape.object(stub)));
        fields.put("store", Shape.said(Map.of("type", "object"), "What platform.store holds."));
        fields.put("session", Shape.said(Map.of("type", "object"), "platform.session. Default: your own."));
        fields.put("version", Shape.said(Shape.WHOLE, "A kept version to run."));
        fields.put("content", Shape.said(Shape.TEXT, "A text to run; there need be no such script."));
        fields.put("type", Shape.said(Shape.TEXT, "Its language. Default: that of the record."));
        return Shape.object(fields);
    }

    private static Map<String, Object> example() {
        return Map.of("event", Map.of("response", Map.of("content", Map.of("resource", List.of()))));
    }

    private static Map<String, Object> given() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("script", Shape.TEXT);
        fields.put("type", Shape.TEXT);
        fields.put("version", Map.of("type", List.of("integer", "null")));
        fields.put("outcome", Shape.said(Shape.TEXT, "completed, failed, threw, stopped or refused."));
        fields.put(
                "error",
                Shape.said(
                        Shape.ANY, "status, message, context; file, line, column and source of the place. Or null."));
        fields.put("returned", Shape.FLAG);
        fields.put("result", Shape.said(Shape.ANY, "What the script returned."));
        fields.put("event", Shape.said(Map.of("type", "object"), "As the script left it."));
        fields.put("response", Shape.said(Shape.ANY, "What the caller would get; null: the service would be asked."));
        fields.put("console", Shape.list(Map.of("type", "object")));
        fields.put("calls", Shape.list(Map.of("type", "object")));
        fields.put("store", Map.of("type", "object"));
        fields.put("duration_us", Shape.WHOLE);
        return Shape.object(fields);
    }
}
