package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of anything that a script throws. */
class JsErrorsTest {
    private final Js js = Js.withEvent();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stop node'|500|stop node",
                "new Error('no')|500|no",
                "Object.assign(new Error('no'), {code: 404})|404|no",
                "Object.assign(new Error('no'), {status: '403'})|403|no",
                "Object.assign(new Error('no'), {status_code: 422, code: 500})|422|no",
                "Object.assign(new Error('no'), {code: 200})|500|no",
                "Object.assign(new Error('no'), {code: 'ENOENT'})|500|no",
                "{message: 'plain', code: 409}|409|plain",
            })
    void whatIsThrownSetsStatusAndMessage(String thrown, int status, String message) {
        assertThat(Js.threw(js.run("throw " + thrown)))
                .returns(status, Run.Outcome.Threw::status)
                .returns(message, Run.Outcome.Threw::message);
        assertThat(Js.threw(js.run("await null; throw " + thrown)))
                .returns(status, Run.Outcome.Threw::status)
                .returns(message, Run.Outcome.Threw::message);
    }

    @Test
    void anErrorSaysWhere() {
        assertThat(Js.threw(js.run("const e = {};\nreturn e.x.y;")).where().toString())
                .isEqualTo("orders.js line 2, column 8: return e.x.y;");
        assertThat(Js.threw(js.run("throw 'x'")).where().toString()).isEqualTo("orders.js line 1, column 1: throw 'x'");
        assertThat(Js.threw(js.run("let a;\nsetTimeout(() => {\n  throw new Error('late') }, 1)"))
                        .where()
                        .toString())
                .startsWith("orders.js line 3");
        assertThat(Js.threw(js.run("let a;\nplatform.api.get(5)")).where().toString())
                .startsWith("orders.js line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw undefined",
                "throw null",
                "throw 5",
                "throw Symbol('x')",
                "throw {}",
                "throw () => 1",
                "throw {get message() { throw 1 }}",
                "throw {get code() { null.x }}",
                "throw new Proxy({}, {get() { throw 7 }})"
            })
    void anythingCanBeThrown(String text) {
        assertThat(Js.threw(js.run(text)).status()).isEqualTo(500);
    }

    @Test
    void whatFailsLeavesNoScriptObjectsInTheEvent() {
        js.run("event.a = 1; event.o = {x: 1}; event.list = [1]; event.request.f = () => 1; throw 'x'");
        assertThat(js.event).containsEntry("a", 1).doesNotContainKeys("o", "list");
        assertThat(js.event.get("request")).isEqualTo(Map.of("method", "GET"));
    }
}
