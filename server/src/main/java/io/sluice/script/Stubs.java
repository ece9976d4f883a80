package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.engine.PlatformCalls;
import io.sluice.script.Stub.Called;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the calls of one dry run from its stubs, the first that fits, and keeps what was asked. Nothing leaves the process. A
 * call that no stub fits is refused by name. Confined to the run's thread.
 */
final class Stubs implements PlatformCalls {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JSON_TYPE = "application/json";

    private final List<Stub> stubs;
    private final List<DryRun.Call> made = new ArrayList<>();
    private final Map<String, @Nullable Object> kept;

    Stubs(List<Stub> stubs, Map<String, @Nullable Object> store) {
        this.stubs = stubs;
        this.kept = new LinkedHashMap<>(store);
    }

    /** What was asked so far, in order. */
    List<DryRun.Call> made() {
        return List.copyOf(made);
    }

    /** What {@code platform.store} holds. */
    Map<String, @Nullable Object> kept() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(kept));
    }

    @Override
    public Answer call(Request request) {
        Called called = Called.at(request.path()).with(request.parameters());
        String method = request.method().toUpperCase(Locale.ROOT);
        @Nullable Object payload = EventData.copy(request.payload());
        Optional<Stub> stub = find(method, called, payload);
        made.add(new DryRun.Call(method, called.path(), called.parameters(), payload, number(stub), status(stub)));
        return stub.map(Stubs::answer).orElseGet(() -> {
            ApiError refusal = ApiError.because(501, "script_call_not_stubbed", refusal(method, request.path()));
            return new Answer(501, JSON_TYPE, refusal.envelope(), Map.of());
        });
    }

    private Optional<Stub> find(String method, Called called, @Nullable Object payload) {
        return stubs.stream().filter(stub -> stub.fits(method, called, payload)).findFirst();
    }

    private OptionalInt number(Optional<Stub> stub) {
        return stub.map(one -> OptionalInt.of(stubs.indexOf(one))).orElse(OptionalInt.empty());
    }

    private static int status(Optional<Stub> stub) {
        return stub.map(Stub::status).orElse(501);
    }

    /** The script gets a copy: what it does to an answer must not change the next one. */
    private static Answer answer(Stub stub) {
        return new Answer(stub.status(), stub.contentType(), EventData.copy(stub.content()), stub.headers());
    }

    private static String refusal(String method, String path) {
        return "This is a dry run, and no stub answers " + method + " " + path + ".";
    }

    @Override
    public Fetched fetch(Outward request) {
        Called called = Called.at(request.address());
        String method = request.method().toUpperCase(Locale.ROOT);
        @Nullable Object payload = payload(request.body());
        Optional<Stub> stub = find(method, called, payload);
        made.add(new DryRun.Call(method, called.path(), called.parameters(), payload, number(stub), status(stub)));
        return stub.<Fetched>map(one -> fetched(one, request.address()))
                .orElseGet(() -> new Fetched.Refused(refusal(method, request.address())));
    }

    private static Fetched fetched(Stub stub, String address) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", stub.contentType());
        stub.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        String body = switch (stub.content()) {
            case null -> "";
            case String text -> text;
            default -> JSON.writeValueAsString(stub.content());
        };
        return new Fetched.Answered(stub.status(), "", address, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** As data where it is JSON, else as text. */
    private static @Nullable Object payload(byte[] body) {
        if (body.length == 0) {
            return null;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            // No JSON, so the stub is compared with the text.
            return text;
        }
    }

    @Override
    public KeyValues store() {
        return new KeyValues() {
            @Override
            public Optional<Object> get(String key) {
                return Optional.ofNullable(EventData.copy(kept.get(key)));
            }

            @Override
            public void set(String key, @Nullable Object value, long seconds) {
                kept.put(key, EventData.copy(value));
            }

            @Override
            public boolean delete(String key) {
                boolean there = kept.containsKey(key);
                kept.remove(key);
                return there;
            }
        };
    }
}
