package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Timers and promises: a run ends when none of them is left. */
class JsTimersTest {
    private final Js js = Js.withEvent();

    @Test
    void timersRunInTheOrderOfTheirTimeBeforeTheRunEnds() {
        assertThat(
                        js.value(
                                "const seen = []; setTimeout(() => seen.push('c'), 800); setTimeout(x => seen.push(x), 5, 'b');"
                                        + "setImmediate(() => seen.push('a')); queueMicrotask(() => seen.push('m')); event.seen = seen;"
                                        + "const gone = setTimeout(() => seen.push('never'), 1); clearTimeout(gone); return seen"))
                .isEqualTo(List.of("m", "a", "b", "c"));
        assertThat(js.event.get("seen")).isEqualTo(List.of("m", "a", "b", "c"));
    }

    @Test
    void anIntervalRunsUntilCleared() {
        js.run("let n = 0; const id = setInterval(() => { event.n = ++n; if (n === 3) clearInterval(id) }, 1)");
        assertThat(js.event).containsEntry("n", 3);
    }

    @Test
    void setResponseInATimerIsHonoured() {
        js.run("setTimeout(function(){ event.setResponse({late:true}, 202); }, 20);");
        assertThat(js.event.get("response"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("status_code", 202)
                .containsEntry("content", Map.of("late", true));
    }

    @Test
    void aReturnedPromiseIsAwaited() {
        assertThat(js.value("return new Promise(done => setTimeout(() => done(5), 5))"))
                .isEqualTo(5);
        assertThat(js.value("return (async () => { await null; return 6 })()")).isEqualTo(6);
    }

    @Test
    void awaitWorksAtTheTopLevel() {
        assertThat(js.value(
                        "const [a, b] = await Promise.all([1, new Promise(d => setTimeout(d, 2, 2))]); return a + b"))
                .isEqualTo(3);
        assertThat(js.value("return await (async () => 4)()")).isEqualTo(4);
        assertThat(js.value("var await = 3; return await")).isEqualTo(3);
    }

    @Test
    void aPromiseThatNeverSettlesReturnsNothing() {
        assertThat(Js.completed(js.run("return new Promise(() => {})")).returned())
                .isFalse();
    }

    @Test
    void aRejectionNobodyHandlesIsAnError() {
        assertThat(Js.threw(js.run("Promise.reject(Object.assign(new Error('lost'), {code: 409}))")))
                .returns(409, Run.Outcome.Threw::status)
                .returns("lost", Run.Outcome.Threw::message);
        assertThat(Js.threw(js.run("Promise.reject('text')")).message()).isEqualTo("text");
        assertThat(Js.completed(js.run("Promise.reject(1).catch(() => {})"))).isNotNull();
    }
}
