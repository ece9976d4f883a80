package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written such that it could notice the hardening runs in new contexts; other texts do not. */
class HardenableTest {
    private static boolean looks(String text) {
        return Hardenable.looks(Hardening.source(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object.defineProperty(globalThis, 'fetch', {value: 1})",
                "Object.defineProperties(this, {a: {value: 1}})",
                "Object.assign(globalThis, {JSON: null})",
                "Reflect.set( globalThis , 'x', 1)",
                "Reflect.deleteProperty(this, 'Map')",
                "delete globalThis.fetch",
                "delete this.Map",
                "Array.prototype.last = function () { return this[0] }",
                "Math.max = null",
                "Date = class {}",
                "Array[Symbol.species] = 1"
            })
    void whatChangesTheLanguageDoesNot(String text) {
        assertThat(looks(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "globalThis.mine = 1; return globalThis.mine",
                "this.mine = 1",
                "return Object.assign({}, event.request.payload)",
                "delete event.request.payload.a",
                "Array.prototype.slice.call([1], 0)",
                "const now = Date.now()",
                "return Object.defineProperty({}, 'a', {value: globalThis.x})"
            })
    void otherTextsDo(String text) {
        assertThat(looks(text)).isTrue();
    }
}
