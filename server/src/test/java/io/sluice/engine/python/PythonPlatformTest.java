package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.Invocation;
import io.sluice.engine.Nesting;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code platform.api} and {@code platform.store}, in all forms that scripts use. */
class PythonPlatformTest {
    private final Py py = new Py();

    PythonPlatformTest() {
        py.calls = request -> Py.answer(200, Map.of("a", List.of(1, "é")));
    }

    private PlatformCalls.Request asked(String script) {
        py.requests.clear();
        py.value(script);
        assertThat(py.requests).hasSize(1);
        return py.requests.getFirst();
    }

    @Test
    void theAnswerReadsLikeHttpClients() {
        assertThat(py.value("""
                r = platform.api.get('db/_table/contact')
                return [r.status, r.reason, json.loads(r.read()), r.read(), r.getheader('x-total'), r.getheader('No', 3),
                        r.getheader('content-type'), ['X-Total', '7'] in [list(h) for h in r.getheaders()]]
                """))
                .isEqualTo(List.of(200, "OK", Map.of("a", List.of(1, "é")), "", "7", 3, "application/json", true));
    }

    @Test
    void theAnswerIsAMapAsWell() {
        assertThat(py.value("""
                r = platform.api.get('db/_table/contact')
                return [r['status_code'], r.status_code, r['content'].a[1], r.content['a'], r.json().a, r.get('nope'),
                        'content' in r, sorted(r), r]
                """))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .startsWith(200, 200, "é", List.of(1, "é"), List.of(1, "é"));
    }

    @Test
    void errorsAreAnswers() {
        py.calls = request -> Py.answer(404, Map.of("error", Map.of("code", 404)));
        assertThat(py.value("r = platform.api.get('x')\nreturn [r.status, r.reason, r.content.error.code]"))
                .isEqualTo(List.of(404, "Not Found", 404));
    }

    @Test
    void textIsText() {
        py.calls = request -> new PlatformCalls.Answer(200, "text/plain", "hé", Map.of());
        assertThat(py.value("r = platform.api.get('x')\nreturn [r.read().decode(), r.content, r.text, r['format']]"))
                .isEqualTo(List.of("hé", "hé", "hé", 0));
    }

    @Test
    void getTakesOptionsInBothForms() {
        PlatformCalls.Request plain = asked("platform.api.get('db/_table/a?x=1')");
        assertThat(plain).isEqualTo(new PlatformCalls.Request("GET", "db/_table/a?x=1", null, Map.of(), Map.of()));
        PlatformCalls.Request options =
                asked("platform.api.get('/api/v2/db', {'parameters': {'limit': 1}, 'headers': {'a': 'b'}})");
        assertThat(options.parameters()).isEqualTo(Map.of("limit", 1));
        assertThat(options.headers()).isEqualTo(Map.of("a", "b"));
        assertThat(asked("platform.api.get('db', {'x-a': 'b'})").headers()).isEqualTo(Map.of("x-a", "b"));
        assertThat(asked("platform.api.get('db', munchify({'headers': {'x-a': 'b'}}))")
                        .headers())
                .isEqualTo(Map.of("x-a", "b"));
        assertThat(asked("platform.api.get('db', '')").headers()).isEmpty();
        assertThat(asked("platform.api.get('db', {'limit': 2}, {'parameters': {'x': 1}})")
                        .parameters())
                .isEqualTo(Map.of("limit", 2, "x", 1));
    }

    @Test
    void payloadsAreDataOrText() {
        assertThat(asked("platform.api.post('db', {'resource': [{'a': 1}]})").payload())
                .isEqualTo(Map.of("resource", List.of(Map.of("a", 1))));
        assertThat(asked("platform.api.put('db', json.dumps({'a': 1}), {'headers': {}})")
                        .payload())
                .isEqualTo("{\"a\": 1}");
        assertThat(asked("platform.api.patch('db', b'x')").payload()).isEqualTo("x");
        assertThat(asked("platform.api.post('db')").payload()).isNull();
        assertThat(asked("platform.api.delete('db', {'parameters': {'force': True}})")
                        .parameters())
                .isEqualTo(Map.of("force", true));
        assertThat(asked("platform.api.delete('db', {'ids': [1]})").payload()).isEqualTo(Map.of("ids", List.of(1)));
        PlatformCalls.Request call = asked("platform['api']['call']('patch', 'db', {'a': 1}, {'headers': {'h': 1}})");
        assertThat(call.method()).isEqualTo("PATCH");
        assertThat(call.headers()).isEqualTo(Map.of("h", "1"));
    }

    @Test
    void wrongArgumentsAreErrorsOfTheScript() {
        assertThat(py.threw("platform.api.get('')").message()).contains("needs a path");
        assertThat(py.threw("platform.api.get(5)").message()).contains("needs a path");
        assertThat(py.threw("platform.api.post('db', object())").message()).contains("The payload cannot be sent");
        assertThat(py.threw("platform.api.nope('db')").message()).contains("nope");
    }

    @Test
    void aFailureInsideTheServerIsNoFaultOfTheScript() {
        py.calls = request -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> py.run("try:\n  platform.api.get('db')\nexcept Exception: pass"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(py.value("return 1")).isEqualTo(1);
    }

    @Test
    void strictRunsCallToo() {
        py.strict = true;
        assertThat(py.value("return platform.api.get('db').content")).isEqualTo(Map.of("a", List.of(1, "é")));
    }

    @Test
    void theStoreKeepsValues() {
        Map<String, Object> kept = new HashMap<>();
        PlatformCalls.KeyValues store = new PlatformCalls.KeyValues() {
            @Override
            public Optional<Object> get(String key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void set(String key, Object value, long seconds) {
                if (key.isEmpty()) {
                    throw new IllegalArgumentException("a key is needed");
                }
                kept.put(key, value);
                kept.put(key + " seconds", seconds);
            }

            @Override
            public boolean delete(String key) {
                return kept.remove(key) != null;
            }
        };
        PlatformCalls calls = new PlatformCalls() {
            @Override
            public Answer call(Request request) {
                throw new AssertionError("no call expected");
            }

            @Override
            public KeyValues store() {
                return store;
            }
        };
        Invocation plain = py.invocation();
        Run run = py.program("""
                platform.store.set('a', {'x': [1]}, 60)
                first = platform.store.get('a').x
                gone = platform.store.delete('a')
                try:
                    platform.store.set('', 1)
                except Exception as e:
                    words = str(e)
                return [first, gone, platform.store.delete('a'), platform.store.get('a', 'none'), words]
                """)
                .run(new Invocation(
                        plain.script(), plain.event(), plain.platform(), calls, plain.limits(), false, List.of()));
        assertThat(run.outcome())
                .isEqualTo(new Outcome.Completed(true, List.of(List.of(1), true, false, "none", "a key is needed")));
        assertThat(kept).containsEntry("a seconds", 60L);
    }

    @Test
    void aScriptThatLeadsToItselfGetsWorkersOrIsToldThatNoneIsFree() {
        Program program = py.program("""
                n = event.request.n
                if n == 0:
                    return 'done'
                return platform.api.get('again/' + str(n - 1)).content
                """);
        py.calls = request -> {
            String n = request.path().substring("again/".length());
            return Nesting.within(() -> {
                Invocation outer = py.invocation();
                Map<String, Object> event = new HashMap<>(Map.of("request", Map.of("n", Integer.parseInt(n))));
                Run inner = program.run(new Invocation(
                        "event:inner", event, Map.of(), outer.calls(), outer.limits(), false, List.of()));
                return Py.answer(200, inner.outcome().toString());
            });
        };
        py.event.put("request", Map.of("n", 4));
        assertThat(py.run(program).outcome().toString()).contains("done");
        py.event.put("request", Map.of("n", 30));
        assertThat(py.run(program).outcome().toString()).contains("BUSY");
        program.close();
    }
}
