package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Compilation;
import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.SourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs texts on one engine, as the tests of this package need it. */
final class Js {
    static final long MB = 1 << 20;

    /** Shared by all tests: starting GraalJS takes a second or two. */
    static final JavaScriptEngine ENGINE =
            new JavaScriptEngine(JsSettings.defaults().withSlots(2));

    private final JavaScriptEngine engine;
    long timeoutMillis = 60_000;
    long memoryBytes = 256 * MB;
    boolean strict = true;
    Map<String, Object> event = new LinkedHashMap<>();
    Map<String, Object> platform = new LinkedHashMap<>();
    final List<PlatformCalls.Request> requests = new ArrayList<>();
    Function<PlatformCalls.Request, PlatformCalls.Answer> calls = request -> {
        throw new AssertionError("no platform call expected: " + request);
    };

    Function<PlatformCalls.Outward, PlatformCalls.Fetched> fetches = request -> {
        throw new AssertionError("no fetch expected: " + request);
    };
    PlatformCalls.KeyValues store = PlatformCalls.KeyValues.NONE;

    Js() {
        this(ENGINE);
    }

    Js(JavaScriptEngine engine) {
        this.engine = engine;
    }

    /** With an event that has a resource and the method of a request. */
    static Js withEvent() {
        Js js = new Js();
        js.event.put("resource", "tag");
        js.event.put("request", new LinkedHashMap<>(Map.of("method", "GET")));
        return js;
    }

    static PlatformCalls.Answer answer(int status, Object content) {
        return new PlatformCalls.Answer(status, "application/json", content, Map.of("X-Total", "7"));
    }

    Program program(String text) {
        Compilation compilation = engine.compile(new SourceSet("orders.js", "nodejs", text, Map.of()));
        assertThat(compilation).as("compilation of %s", text).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compilation).program();
    }

    Compilation.Refused refused(String text) {
        return (Compilation.Refused) engine.compile(new SourceSet("orders.js", "nodejs", text, Map.of()));
    }

    Run run(String text) {
        return run(program(text));
    }

    Run run(Program program) {
        return program.run(invocation());
    }

    Invocation invocation() {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        return new Invocation(
                "event:test",
                event,
                platform,
                new Platform(),
                new Limits(deadline, timeoutMillis, memoryBytes),
                strict,
                List.of());
    }

    private final class Platform implements PlatformCalls {
        @Override
        public Answer call(Request request) {
            requests.add(request);
            return calls.apply(request);
        }

        @Override
        public Fetched fetch(Outward request) {
            return fetches.apply(request);
        }

        @Override
        public KeyValues store() {
            return store;
        }
    }

    /** What the text returns. */
    Object value(String text) {
        return completed(run(text)).value();
    }

    static Run.Outcome.Completed completed(Run run) {
        assertThat(run.outcome()).isInstanceOf(Run.Outcome.Completed.class);
        return (Run.Outcome.Completed) run.outcome();
    }

    static Run.Outcome.Threw threw(Run run) {
        assertThat(run.outcome()).isInstanceOf(Run.Outcome.Threw.class);
        return (Run.Outcome.Threw) run.outcome();
    }

    static Run.Outcome.Stopped stopped(Run run) {
        assertThat(run.outcome()).isInstanceOf(Run.Outcome.Stopped.class);
        return (Run.Outcome.Stopped) run.outcome();
    }

    /** On a virtual thread, as calls come in the server. */
    CompletableFuture<Run> start(Program program) {
        CompletableFuture<Run> result = new CompletableFuture<>();
        Invocation invocation = invocation();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(program.run(invocation));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
