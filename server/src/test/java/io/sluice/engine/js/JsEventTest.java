package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts see of the event and of the platform, and what becomes of their edits and results. */
class JsEventTest {
    private final Js js = Js.withEvent();

    @Test
    void editsReachTheEventInPlace() {
        js.event.put("rows", new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("price", 2, "qty", 3)))));
        js.run(
                "for (const r of event.rows) r.total = r.price * r.qty; event.request.method = 'PUT'; delete event.resource");
        assertThat(js.event.get("rows"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .first()
                .isEqualTo(Map.of("price", 2, "qty", 3, "total", 6));
        assertThat(js.event).containsEntry("request", Map.of("method", "PUT")).doesNotContainKey("resource");
    }

    @Test
    void keysOfEventAndPlatformAreVisible() {
        js.platform.put("session", Map.of("user", Map.of("id", 1)));
        assertThat(js.value("return Object.keys(event)"))
                .isEqualTo(List.of("resource", "request", "setResponse", "setRequest", "setReturn"));
        assertThat(js.value("return Object.keys(platform).sort().join()")).isEqualTo("api,config,session,store");
        assertThat(js.value("return Object.keys(platform.api).join()")).isEqualTo("get,post,put,patch,delete,call");
    }

    @Test
    void functionsNeverGetIntoTheEvent() {
        assertThat(js.value("return event")).isEqualTo(Map.of("resource", "tag", "request", Map.of("method", "GET")));
        assertThat(js.value("return JSON.parse(JSON.stringify(event))")).isEqualTo(js.event);
        assertThat(js.event).containsOnlyKeys("resource", "request");
    }

    @Test
    void theEventIsAlsoUnderscoreEvent() {
        assertThat(js.value("event._event.a = 1; _event.b = 2; return _event === event && event._event === event"))
                .isEqualTo(true);
        assertThat(js.event).containsEntry("a", 1).containsEntry("b", 2).doesNotContainKey("_event");
    }

    @Test
    void setResponseMakesOrEditsTheResponse() {
        js.run("event.setResponse({a: 1})");
        assertThat(js.event.get("response"))
                .isEqualTo(Map.of("content", Map.of("a", 1), "status_code", 200, "content_type", "application/json"));
        js.run("event.setResponse('x', 418, 'text/plain')");
        assertThat(js.event.get("response"))
                .isEqualTo(Map.of("content", "x", "status_code", 418, "content_type", "text/plain"));
    }

    @Test
    void setRequestReplacesTheRequest() {
        js.run("event.setRequest({method: 'POST'}); event.setRequest()");
        assertThat(js.event.get("request")).isEqualTo(Map.of("method", "POST"));
    }

    @Test
    void setReturnReturns() {
        assertThat(js.value("event.setReturn({a: 1})")).isEqualTo(Map.of("a", 1));
        assertThat(js.value("setTimeout(() => event.setReturn(2), 1); return 1"))
                .isEqualTo(2);
    }

    @Test
    void platformDataCanBeChangedByTheRunOnly() {
        Map<String, Object> session = Map.of("user", Map.of("name", "Ann"), "roles", List.of("a"));
        js.platform.put("session", session);
        assertThat(js.value("platform.session.user.name = 'Bob'; platform.session.roles.push('b'); platform.x = 1;"
                        + " return platform.session.user.name + platform.session.roles.length"))
                .isEqualTo("Bob2");
        assertThat(js.platform).isEqualTo(Map.of("session", session));
    }

    @Test
    void numbersThatJavaScriptCannotHoldStayAsTheyAreUntilTouched() {
        js.event.put("long", 9007199254740993L);
        js.event.put("decimal", new BigDecimal("1.10"));
        assertThat(js.value("return event.long + '/' + event.decimal * 2 + JSON.stringify({l: event.long})"))
                .isEqualTo("9007199254740992/2.2{\"l\":9007199254740992}");
        assertThat(js.event).containsEntry("long", 9007199254740993L).containsEntry("decimal", new BigDecimal("1.10"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"undefined|false", "() => 1|false", "null|true", "0|true", "''|true", "false|true"})
    void returnedTellsWhetherAnythingCameBack(String expression, boolean returned) {
        assertThat(Js.completed(js.run("return " + expression)).returned()).isEqualTo(returned);
    }

    @Test
    void resultsAreMapsListsAndScalars() {
        Object value =
                js.value("return {i: 5, l: 5000000000, d: 1.5, big: 2n ** 40n, s: 'x', b: true, n: null, nan: NaN,"
                        + " zero: -0, list: [1, [2], undefined, () => 1], gone: undefined, f() {}, sym: Symbol('x'),"
                        + " when: new Date(0), own: {toJSON() { return 'told' }}}");
        assertThat(String.valueOf(value))
                .isEqualTo("{i=5, l=5000000000, d=1.5, big=1099511627776, s=x, b=true, n=null, nan=null, zero=0,"
                        + " list=[1, [2], null, null], when=1970-01-01T00:00:00.000Z, own=told}");
        assertThat(js.value("return 5")).isInstanceOf(Integer.class);
        assertThat(js.value("return 5000000000")).isInstanceOf(Long.class);
        assertThat(js.value("return 1.5")).isInstanceOf(Double.class);
        assertThat(js.value("return 2n ** 90n + 1n"))
                .isEqualTo(java.math.BigInteger.TWO.pow(90).add(java.math.BigInteger.ONE));
    }

    @Test
    void aLoopInTheResultIsAnErrorInPlainWords() {
        assertThat(Js.threw(js.run("const a = {}; a.b = {a}; return a")).message())
                .contains("contains itself");
        assertThat(Js.threw(js.run("event.request.self = event")).message()).contains("contains itself");
        js.event.put("request", new LinkedHashMap<>());
        assertThat(Js.threw(js.run("const o = {}; event.request.o = o; o.up = event.request"))
                        .message())
                .contains("contains itself");
    }

    @Test
    void aResultThatWouldBeHugeWhenWrittenIsStopped() {
        Run run = js.run("let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return a");
        assertThat(Js.stopped(run).limit()).isEqualTo(Run.Limit.OUTPUT);
        run = js.run("event.a = ['x']; for (let i = 0; i < 40; i++) event.a = [event.a, event.a]; return 1");
        assertThat(Js.stopped(run).limit()).isEqualTo(Run.Limit.OUTPUT);
    }

    @Test
    void aResultNestedTooDeeplyIsAnError() {
        assertThat(Js.threw(js.run("let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a"))
                        .message())
                .contains("nested deeper");
    }
}
