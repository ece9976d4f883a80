package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code patience.js} puts in the place of built-in functions is like these; that it ends by its limit: {@link JsHostileTest}. */
class JsPatienceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[].map.name + [].map.length + Array.from.name + Array.from.length + BigInt.name + BigInt.length|map1from1BigInt1",
                "String([].slice).includes('[native code]')|true",
                "JSON.stringify(Object.getOwnPropertyDescriptor(Array.prototype, 'map'))|{\"writable\":true,\"enumerable\":false,\"configurable\":true}",
                "Object.entries('ab').join() + Object.keys(new String('ab')) + Object.getOwnPropertyNames('a')|0,a,1,b0,10,length",
                "Object.keys({b: 1, a: 2}) + Reflect.ownKeys([7]) + Object.assign({}, 'ab', {c: 1})[1]|b,a0,lengthb",
                "[...'a😀'].join() + 'a,b'.split('').length + ''[Symbol.iterator].name + 'ab'.split.length|a,😀3[Symbol.iterator]2",
                "String('x'.repeat(2e6)[Symbol.iterator]()) + 'x'.repeat(2e6).split('', 3)|[object String Iterator]x,x,x",
                "Object.keys(new Proxy({a: 1}, {getPrototypeOf() { throw 1 }}))|a",
                "5n.constructor === BigInt && BigInt.asIntN(4, 15n) === -1n && BigInt(7) === 7n|true",
                "BigInt('9'.repeat(1e5)) > 9n|true",
                "Array.prototype.map.call({length: 20000, 0: 1, 19999: 2}, (x, i) => x + i).filter(x => x).join()|1,20001",
                "Array.prototype.lastIndexOf.call({length: 20000, 5: 'a'}, 'a')|5",
                "(() => { const o = {length: 20000, 3: 'b', 7: 'a'}; return Array.prototype.sort.call(o) === o && o[0] + o[1] + (3 in o) })()|abfalse",
                "(() => { const o = {length: 20000, 1: 'a'}; return Array.prototype.shift.call(o) + o[0] + o.length })()|undefineda19999",
                "Array.from({length: 20000, 5: 'a'})[5] + Array.from('ab').length + Array.from({length: 2}, (x, i) => i)|a20,1",
                "(() => { class A extends Array {} return A.from({length: 20000}) instanceof A })()|true",
                "(function () { return Array.prototype.slice.call(arguments, 1) })(1, 2, 3).join()|2,3",
            })
    void looksAndWorksAsBefore(String expression, String expected) {
        assertThat(String.valueOf(new Js().value("return String(" + expression + ")")))
                .isEqualTo(expected.replace("\"\"", "\""));
    }
}
