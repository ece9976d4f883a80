package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Request;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsPlatformApiTest {
    private final Js js = new Js();

    @BeforeEach
    void answers() {
        js.event.put("request", new LinkedHashMap<>(Map.of("method", "GET")));
        js.calls = request -> Js.answer(200, new LinkedHashMap<>(Map.of("resource", new ArrayList<>(List.of(1, 2)))));
    }

    private Request asked(String text) {
        Js.completed(js.run(text));
        assertThat(js.requests).hasSize(1);
        return js.requests.getFirst();
    }

    @Test
    void nodeStyleCallsBackWithTextAndResponse() {
        js.run("platform.api.get('sample/_table/product?limit=1', '', function(body, resp) {"
                + " event.setResponse({inner: JSON.parse(body), code: resp.statusCode, words: resp.statusMessage,"
                + " type: resp.headers['content-type'], total: resp.headers['x-total']}, 200); });");
        assertThat(js.event.get("response"))
                .extracting("content")
                .isEqualTo(Map.of(
                        "inner",
                        Map.of("resource", List.of(1, 2)),
                        "code",
                        200,
                        "words",
                        "OK",
                        "type",
                        "application/json",
                        "total",
                        "7"));
        assertThat(js.requests)
                .containsExactly(new Request("GET", "sample/_table/product?limit=1", null, Map.of(), Map.of()));
    }

    @Test
    void callbacksRunAfterTheSynchronousPartInOrderAndTheLastResponseWins() {
        js.run("platform.api.get('a', '', () => event.setResponse('first')); platform.api.get('b', () =>"
                + " event.setResponse('last')); event.setResponse('sync')");
        assertThat(js.event.get("response")).extracting("content").isEqualTo("last");
    }

    @Test
    void anErrorInACallbackIsAnErrorOfTheScript() {
        assertThat(Js.threw(js.run("platform.api.get('a', '', () => { throw new Error('later') })"))
                        .message())
                .isEqualTo("later");
    }

    @Test
    void textContentIsTheBodyAsItIs() {
        js.calls = request -> new Answer(200, "text/plain", "plain words", Map.of());
        js.run("platform.api.get('a', '', body => { event.body = body })");
        assertThat(js.event).containsEntry("body", "plain words");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platform.api.post('db/x', {a: 1}, {headers: {h: 'v'}, parameters: {p: 2}}, () => {})",
                "platform.api.post('db/x', {a: 1}, {headers: {h: 'v'}, parameters: {p: 2}})",
                "platform.api.call('post', 'db/x', {a: 1}, {headers: {h: 'v'}, parameters: {p: 2}})",
                "platform.api.call('POST', 'db/x', {a: 1}, {headers: {h: 'v'}, parameters: {p: 2}}, () => {})"
            })
    void payloadHeadersAndParametersAreData(String text) {
        assertThat(asked(text))
                .isEqualTo(new Request("POST", "db/x", Map.of("a", 1), Map.of("p", 2), Map.of("h", "v")));
    }

    @Test
    void inNodeStyleOptionsWithoutHeadersOrParametersAreHeaders() {
        assertThat(asked("platform.api.get('x', {accept: 'a/b'}, () => {})").headers())
                .isEqualTo(Map.of("accept", "a/b"));
    }

    @Test
    void inNodeStyleGetAndDeleteTakeOptionsSecond() {
        assertThat(asked("platform.api.get('x', {parameters: {limit: 1}}, () => {})")
                        .parameters())
                .isEqualTo(Map.of("limit", 1));
        js.requests.clear();
        assertThat(asked("platform.api.delete('x', {headers: {a: 'b'}}, () => {})"))
                .isEqualTo(new Request("DELETE", "x", null, Map.of(), Map.of("a", "b")));
        js.requests.clear();
        assertThat(asked("platform.api.delete('x', {ids: [1]}, '', () => {})").payload())
                .isEqualTo(Map.of("ids", List.of(1)));
    }

    @Test
    void withoutCallbackAGetsPayloadIsItsParameters() {
        assertThat(asked("platform.api.get('x', {filter: 'a=1', limit: 5})").parameters())
                .isEqualTo(Map.of("filter", "a=1", "limit", 5));
        js.requests.clear();
        assertThat(asked("platform.api.get('x', null, {parameters: {limit: 5}})")
                        .parameters())
                .isEqualTo(Map.of("limit", 5));
    }

    @Test
    void textPayloadsAreSentAsTheyAre() {
        assertThat(asked("platform.api.post('x', JSON.stringify({a: 1}), '', () => {})")
                        .payload())
                .isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "await "})
    void withoutCallbackTheResultComesBackAtOnce(String await) {
        assertThat(js.value("const r = " + await + "platform.api.get('x'); r.content.resource.push(3); return r"))
                .isEqualTo(Map.of(
                        "status_code",
                        200,
                        "content_type",
                        "application/json",
                        "format",
                        201,
                        "headers",
                        Map.of("X-Total", "7"),
                        "content",
                        Map.of("resource", List.of(1, 2, 3))));
    }

    @Test
    void errorsAreAnswers() {
        js.calls = request -> Js.answer(404, Map.of("error", Map.of("code", 404, "message", "no")));
        assertThat(js.value("const r = platform.api.get('x'); return [r.status_code, r.content.error.message]"))
                .isEqualTo(List.of(404, "no"));
    }

    @Test
    void thePayloadIsACopy() {
        js.calls = request -> {
            map(map(request.payload()).get("request")).put("seen", true);
            return Js.answer(200, null);
        };
        js.run("event.request.o = {a: 1}; const p = {request: event.request}; platform.api.post('x', p)");
        assertThat(js.event.get("request")).isEqualTo(Map.of("method", "GET", "o", Map.of("a", 1)));
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> map(Object value) {
        return (Map<Object, Object>) value;
    }

    @Test
    void aPathMustBeText() {
        assertThat(Js.threw(js.run("platform.api.get({})")).message()).contains("path");
        assertThat(Js.threw(js.run("const o = {}; o.o = o; platform.api.post('x', o)"))
                        .message())
                .contains("contains itself");
    }

    @Test
    void aFailureOfTheServerIsNotTheScriptsFault() {
        js.calls = request -> {
            throw new IllegalStateException("secret");
        };
        assertThatThrownBy(() -> js.run("try { platform.api.get('x') } catch (e) { event.seen = String(e) }"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("secret");
        assertThat((String) js.event.get("seen")).doesNotContain("secret").doesNotContain("java");
    }

    @Test
    void aNestedRunUsesTheThreadOfTheOuterOne() {
        JavaScriptEngine engine = new JavaScriptEngine(JsSettings.defaults().withSlots(1));
        try (engine) {
            Js outer = new Js(engine);
            Js inner = new Js(engine);
            inner.event.put("depth", 1);
            Program innerProgram = inner.program("event.o = {deep: event.depth}; return [typeof leak, event.o]");
            List<Thread> threads = new ArrayList<>();
            outer.calls = request -> {
                threads.add(Thread.currentThread());
                return Js.answer(200, Js.completed(inner.run(innerProgram)).value());
            };
            assertThat(outer.value("globalThis.leak = 1; const a = platform.api.get('x').content;"
                            + " const b = platform.api.get('x').content; return [a, b, typeof leak]"))
                    .isEqualTo(List.of(
                            List.of("undefined", Map.of("deep", 1)),
                            List.of("undefined", Map.of("deep", 1)),
                            "number"));
            assertThat(threads).hasSize(2).allMatch(ScriptThread.class::isInstance);
        }
    }

    @Test
    void aNestedRunHasWhatIsLeftOfTheOuterOne() {
        Js inner = new Js();
        Program innerProgram = inner.program("while (true) {}");
        js.timeoutMillis = 300;
        List<Run> nested = new ArrayList<>();
        js.calls = request -> {
            nested.add(inner.run(innerProgram));
            return Js.answer(500, null);
        };
        assertThat(Js.stopped(js.run("platform.api.get('x'); while (true) {}")).limit())
                .isEqualTo(Run.Limit.TIME);
        assertThat(Js.stopped(nested.getFirst()).limit()).isEqualTo(Run.Limit.TIME);
    }

    @Test
    void recursionIntoTheHostIsCaughtBeforeTheHostRunsOutOfStack() {
        js.calls = request -> Js.answer(200, deep(300));
        assertThat(js.value(
                        "let calls = 0; (function f() { try { f() } catch (e) { platform.api.get('x'); calls++ } })();"
                                + " return calls"))
                .isEqualTo(1);
    }

    private static int deep(int frames) {
        return frames == 0 ? 0 : 1 + deep(frames - 1);
    }
}
