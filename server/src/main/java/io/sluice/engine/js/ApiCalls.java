package io.sluice.engine.js;

import io.sluice.engine.OutwardForm;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Fetched;
import io.sluice.engine.PlatformCalls.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Carries {@code platform.api} calls of one run out and their answers back in. Confined to the run's thread. */
final class ApiCalls {
    /** The numbers of formats as scripts know them from {@code event.response.format}. */
    private static final int NATIVE = 201;

    private static final int RAW = 0;

    private final PlatformCalls calls;
    private final View view;
    private final Watch watch;
    private @Nullable RuntimeException failure;

    ApiCalls(PlatformCalls calls, View view, Watch watch) {
        this.calls = calls;
        this.view = view;
        this.watch = watch;
    }

    /** What a call threw that should have answered; it is no fault of the script. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Arguments as in {@code prelude.js}: asText, method, path, payload, parameters, headers, options. */
    @Nullable
    Object call(Value... arguments) {
        Request request = request(arguments);
        StackRoom.leave(view);
        boolean asText = arguments[0].asBoolean();
        Object made = made(request, asText);
        if (made instanceof Answer answer) {
            return view.show(asText ? NodeAnswers.of(answer) : answer(answer));
        }
        return view.show(NodeAnswers.of((Fetched) made));
    }

    private Request request(Value... arguments) {
        try {
            String method = arguments[1].asString();
            @Nullable Object payload = Settle.copy(view, watch).value(arguments[3]);
            Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
            if (method.equals("GET") && payload instanceof Map<?, ?> more) {
                more.forEach((name, value) -> parameters.put(String.valueOf(name), value));
            }
            parameters.putAll(map(arguments[4]));
            Map<String, String> headers =
                    OutwardForm.headers(Settle.copy(view, watch).value(arguments[5]));
            return new Request(
                    method, arguments[2].asString(), payload, parameters, headers, map(arguments[6]));
        } catch (Settle.Stop e) {
            throw view.error("TypeError", "The payload cannot be sent. " + e.getMessage());
        }
    }

    private Map<String, @Nullable Object> map(Value value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (Settle.copy(view, watch).value(value) instanceof Map<?, ?> given) {
            given.forEach((name, each) -> map.put(String.valueOf(name), each));
        }
        return map;
    }

    /** An Answer, or for a callback that wants the text of another host's answer, whatever its status, what was Fetched. */
    private Object made(Request request, boolean asText) {
        watch.calling(true);
        try {
            return asText && request.outward() ? fetched(request) : calls.call(request);
        } catch (RuntimeException e) {
            failure = e;
            throw view.error("Error", "The call of " + request.path() + " failed inside the server.");
        } finally {
            watch.calling(false);
            watch.check(System.nanoTime()); // what the call took counts: a script does not go on after its time
        }
    }

    private Fetched fetched(Request request) {
        try {
            return calls.fetch(OutwardForm.of(request));
        } catch (IllegalArgumentException e) {
            return new Fetched.Refused(400, "", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> answer(Answer answer) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("status_code", answer.status());
        map.put("content_type", answer.contentType());
        map.put("content", answer.content());
        map.put("format", answer.content() instanceof String ? RAW : NATIVE);
        map.put("headers", new LinkedHashMap<>(answer.headers()));
        return map;
    }
}
