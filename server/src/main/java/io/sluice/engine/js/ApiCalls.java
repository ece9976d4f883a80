package io.sluice.engine.js;

import io.sluice.engine.PlatformCalls;
import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Request;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Carries {@code platform.api} calls of one run out and their answers back in. Confined to the run's thread. */
final class ApiCalls {
    /** The numbers of formats as scripts know them from {@code event.response.format}. */
    private static final int NATIVE = 201;

    private static final int RAW = 0;
    private static final int STACK_PROBE_FRAMES = 2_000;
    private static final JsonMapper JSON = JsonMapper.shared();

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

    /** Arguments as in {@code prelude.js}: asText, method, path, payload, parameters, headers. */
    @Nullable
    Object call(Value... arguments) {
        Request request = request(arguments);
        leaveRoom();
        Answer answer = made(request);
        return view.show(arguments[0].asBoolean() ? nodeAnswer(answer) : answer(answer));
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
            Map<String, String> headers = new LinkedHashMap<>();
            map(arguments[5]).forEach((name, value) -> headers.put(name, String.valueOf(value)));
            return new Request(method, arguments[2].asString(), payload, parameters, headers);
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

    private Answer made(Request request) {
        watch.calling(true);
        try {
            return calls.call(request);
        } catch (RuntimeException e) {
            failure = e;
            throw view.error("Error", "The call of " + request.path() + " failed inside the server.");
        } finally {
            watch.calling(false);
            watch.check(System.nanoTime()); // what the call took counts: a script does not go on after its time
        }
    }

    /** A script deep in a recursion could otherwise overflow the stack in the middle of a database driver's work. */
    private void leaveRoom() {
        try {
            descend(STACK_PROBE_FRAMES, 1, 2, 3, 4, 5, 6);
        } catch (StackOverflowError e) {
            throw view.error("RangeError", "Maximum call stack size exceeded");
        }
    }

    private static long descend(int frames, long a, long b, long c, long d, long e, long f) {
        return frames == 0 ? a + b + c + d + e + f : 1 + descend(frames - 1, b, c, d, e, f, a);
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

    private static Map<String, @Nullable Object> nodeAnswer(Answer answer) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        headers.put("content-type", answer.contentType());
        answer.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("statusCode", answer.status());
        response.put("statusMessage", StatusWords.of(answer.status()));
        response.put("headers", headers);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("body", text(answer.content()));
        map.put("response", response);
        return map;
    }

    private static String text(@Nullable Object content) {
        return switch (content) {
            case null -> "null";
            case String text -> text;
            default -> JSON.writeValueAsString(content);
        };
    }
}
