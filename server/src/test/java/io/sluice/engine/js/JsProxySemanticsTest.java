package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Java's maps and lists behave as JavaScript's own objects: each snippet runs once on data seen through proxies and once on the
 * same data made by JSON.parse, and must come to the same result and leave the same data behind.
 */
class JsProxySemanticsTest {
    private static final String DATA = "{\"method\":\"GET\",\"n\":null,\"big\":5000000000,\"real\":1.5,\"yes\":true,"
            + "\"headers\":{\"accept\":\"a/b\",\"x-key\":\"k\"},\"list\":[3,1,2],\"empty\":[],\"mixed\":[1,\"b\",null,true,[1],{\"a\":1}],"
            + "\"rows\":[{\"id\":1,\"name\":\"b\",\"price\":2.5},{\"id\":2,\"name\":\"a\",\"price\":3}]}";

    private final Js js = new Js();

    private static Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("method", "GET");
        data.put("n", null);
        data.put("big", 5000000000L);
        data.put("real", 1.5);
        data.put("yes", true);
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("accept", "a/b");
        headers.put("x-key", "k");
        data.put("headers", headers);
        data.put("list", new ArrayList<>(List.of(3, 1, 2)));
        data.put("empty", new ArrayList<>());
        List<Object> mixed = new ArrayList<>(List.of(1, "b"));
        mixed.add(null);
        mixed.add(true);
        mixed.add(new ArrayList<>(List.of(1)));
        mixed.add(new LinkedHashMap<>(Map.of("a", 1)));
        data.put("mixed", mixed);
        RowShape shape = RowShape.of(List.of("id", "name", "price"));
        data.put(
                "rows",
                new ArrayList<>(
                        List.of(new Row(shape, new Object[] {1, "b", 2.5}), new Row(shape, new Object[] {2, "a", 3}))));
        return data;
    }

    /** Runs the snippet on the data as {@code X}; answers what it came to and what the data are afterwards, as text. */
    private String onProxies(String snippet) {
        js.event = new LinkedHashMap<>(Map.of("x", data()));
        Object value = js.value(body("event.x", snippet));
        return value + " | "
                + Js.completed(js.run("return JSON.stringify(event.x)")).value() + " | "
                + tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(js.event.get("x"));
    }

    private String onPlainObjects(String snippet) {
        js.event = new LinkedHashMap<>();
        Object value = js.value("const plain = JSON.parse('" + DATA + "'); event.x = 1;\n"
                + body("plain", snippet).replace("/*end*/", ";event.after = JSON.stringify(plain);"));
        return value + " | " + js.event.get("after") + " | " + js.event.get("after");
    }

    private static String body(String target, String snippet) {
        return "const r = (X => { " + snippet + " })(" + target
                + "); const out = JSON.stringify(r, (k, v) => v === undefined ?"
                + " '(undefined)' : v);/*end*/ return typeof r + ' ' + out";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // reading
                "return Array.isArray(X.list)",
                "return Array.isArray(X.headers)",
                "return JSON.stringify(X)",
                "return JSON.stringify(X.rows, null, 2)",
                "return JSON.stringify(X.rows.slice(0, 1))",
                "return Object.keys(X)",
                "return Object.keys(X.rows[0])",
                "return Object.keys(X.list)",
                "return Object.entries(X.headers)",
                "return Object.values(X.headers)",
                "return {...X.headers}",
                "return {...X.rows[0], extra: 1}",
                "return [...X.list]",
                "return [...X.rows]",
                "return Math.max(...X.list)",
                "return X.rows.map(r => r.id)",
                "return X.rows.filter(r => r.id > 1)",
                "return X.rows.find(r => r.id === 2).name",
                "return X.rows.findIndex(r => r.id === 2)",
                "return X.rows.some(r => r.id === 2) && X.rows.every(r => r.id)",
                "return X.list.reduce((a, b) => a + b, 0)",
                "let q = []; for (const k in X) q.push(k); return q",
                "let q = 0; for (const v of X.list) q += v; return q",
                "let q = []; X.list.forEach((v, i) => q.push(i, v)); return q",
                "return 'method' in X",
                "return 'nope' in X",
                "return 1 in X.list",
                "return 9 in X.list",
                "return X.nope",
                "return X.n",
                "return X.nope?.x",
                "return X.headers?.accept",
                "return X.n ?? 'other'",
                "return X.list[9]",
                "return X.list.at(-1)",
                "const {method, ...rest} = X; return [method, Object.keys(rest)]",
                "const [a, ...b] = X.list; return [a, b]",
                "const {headers: {accept = 'no', nope = 'yes'}} = X; return [accept, nope]",
                "return X.rows.length",
                "return X.list instanceof Array",
                "return X.headers instanceof Object",
                "return typeof X.headers",
                "return [typeof X.method, typeof X.big, typeof X.real, typeof X.yes, typeof X.n]",
                "return X.big + 1",
                "return X.headers.hasOwnProperty('accept')",
                "return Object.hasOwn(X.headers, 'nope')",
                "return X.headers['x-key']",
                "return Object.assign({}, X.headers)",
                "return Object.fromEntries(Object.entries(X.headers))",
                "return Array.from(X.list)",
                "return Array.from(X.rows, r => r.name)",
                "return X.list.concat([9])",
                "return [0].concat(X.list)",
                "return X.list.join('-')",
                "return X.list.indexOf(2)",
                "return X.list.includes(7)",
                "return X.rows.indexOf(X.rows[1])",
                "return X.rows[0] === X.rows[0]",
                "return X.headers === X.headers",
                "return new Set([X.headers, X.headers]).size",
                "return new Map([[X.headers, 1]]).get(X.headers)",
                "return String(X)",
                "return `${X.list}`",
                "return X.method.toLowerCase()",
                "return X.list.toString()",
                "return X + ''",
                "return X.mixed.flat()",
                "return X.list.slice().sort()",
                "return X.list.toSorted()",
                "return X.list.entries().next().value",
                "return X.rows.flatMap(r => [r.id, r.name])",
                "return Object.prototype.toString.call(X.list)",
                "return !!X.empty",
                "return X.empty.length === 0",
                "return Object.getOwnPropertyNames(X.headers)",
                "return X.list.keys().next()",
                "return Object.groupBy(X.rows, r => r.name)",
                "return X.rows.toSorted((a, b) => a.name < b.name ? -1 : 1)",
                "return Reflect.ownKeys(X.headers)",
                "return X.list.constructor === Array",
                "return X.list.lastIndexOf(1)",
                // changing objects
                "X.a = 1; return X.a",
                "X.headers.a = X.headers.b = 'z'; return Object.keys(X.headers)",
                "X['a b'] = 1; return X['a b']",
                "X[5] = 'five'; const v = X['5'] + X[5]; delete X[5]; return v",
                "delete X.method; return 'method' in X",
                "return delete X.nope",
                "X.n = undefined; return X.n",
                "X.u = undefined; return 'u' in X",
                "X.rows[0].total = X.rows[0].price * 2; return X.rows[0]",
                "X.big++; return X.big",
                "X.real += 0.25; return X.real",
                "X.method += '!'; return X.method",
                "X.n ??= 7; return X.n",
                "Object.assign(X.headers, {b: 1}); return X",
                "delete X.rows[0].name; return Object.keys(X.rows[0])",
                "const r = X.rows[0]; delete r.price; r.price = 'again'; return r",
                "X.content = {a: [1, {b: 2}]}; X.content.a.push(5); X.content.a[1].b = 3; return X.content",
                "const o = {z: 1}; X.o = o; o.z = 2; return X.o.z",
                "const o = {z: 1}; X.o = o; X.o.z = 2; return o.z",
                "const o = {}; X.o = o; return X.o === o",
                "const a = []; X.a = a; a.push({b: 1}); X.a[0].b++; return X.a",
                "X.copy = X.headers; X.copy.accept = 'new'; return X.headers.accept",
                "X.fn = () => 1; return X.fn()",
                "X.date = new Date(0); return X.date.getTime()",
                "X.rows = X.rows.map(r => ({...r, id: r.id * 2})); return X.rows",
                "X.rows = X.rows.filter(r => r.id === 2); return X.rows.length",
                "X.deep = {rows: X.rows}; X.deep.rows[0].id = 9; return X.rows[0].id",
                "[X.method, X.real] = [X.real, X.method]; return X.method",
                "X.rows[0].list = [1]; X.rows[0].list.push(2); return X.rows[0]",
                // changing arrays
                "X.list.push(4, 5); return X.list",
                "return X.list.push(9)",
                "return [X.list.pop(), X.list]",
                "return [X.list.shift(), X.list]",
                "return [X.list.unshift(8, 9), X.list]",
                "return X.list.sort()",
                "return X.rows.sort((a, b) => b.id - a.id)",
                "return [X.list.splice(0, 2), X.list]",
                "return [X.list.splice(1, 1, 'a', 'b', 'c'), X.list]",
                "return [X.list.splice(1, 0, 'a'), X.list]",
                "return [X.rows.splice(-1), X.rows]",
                "return X.list.reverse()",
                "return X.list.fill(0)",
                "return X.list.copyWithin(0, 1)",
                "X.list.length = 2; return X.list",
                "X.list.length = 0; return X.list",
                "X.list[1] = 'b'; return X.list",
                "X.list[X.list.length] = 'end'; return X.list",
                "X.list[0]++; return X.list",
                "X.empty.push({a: 1}); X.empty[0].a = 2; return X.empty",
                "X.rows.push({id: 3}); return X.rows.map(r => r.id)",
                "const r = X.rows.pop(); X.rows.unshift(r); return X.rows.map(r => r.id)",
                "X.mixed.push(...X.list); return X.mixed",
                "return X.empty.pop()",
                "return X.empty.shift()",
                "X.list = X.list.concat(X.rows); return X.list",
                "[X.list[0], X.list[2]] = [X.list[2], X.list[0]]; return X.list",
                "for (const r of X.rows) r.name = r.name.toUpperCase(); return X.rows",
                "for (const k of Object.keys(X.rows[0])) X.rows[0][k] += 1; return X.rows[0]",
                "for (let i = X.list.length - 1; i >= 0; i--) if (X.list[i] > 1) X.list.splice(i, 1); return X.list",
                "X.list.push(undefined); return X.list.length",
                "X.list.push(() => 1); return X.list.length",
                "'use strict'; X.list.push(1); X.a = 2; delete X.method; return X.list",
            })
    void behavesAsPlainData(String snippet) {
        assertThat(onProxies(snippet)).isEqualTo(onPlainObjects(snippet));
    }

    /** Where the data keep the order and the types of Java's collections. */
    @Test
    void knownDifferences() {
        js.event = new LinkedHashMap<>(Map.of("x", data()));
        assertThat(js.value("for (const k in event.x.list) return typeof k")).isEqualTo("number");
        assertThat(js.value("event.x.headers[5] = 1; return Object.keys(event.x.headers).at(-1)"))
                .isEqualTo("5");
        assertThat(js.value("const r = event.x.rows[0]; delete r.name; r.name = 1; return Object.keys(r).join()"))
                .isEqualTo("id,name,price");
        assertThat(js.value("delete event.x.list[0]; return JSON.stringify(event.x.list)"))
                .isEqualTo("[3,1,2]");
    }

    @Test
    void readOnlyDataSaySo() {
        js.event.put("fixed", Map.of("list", List.of(1)));
        for (String text : List.of(
                "event.fixed.a = 1",
                "event.fixed.list.push(2)",
                "event.fixed.list[0] = 2",
                "delete event.fixed.list",
                "event.fixed.list.pop()")) {
            assertThat(Js.threw(js.run(text)).message()).as(text).contains("read-only");
        }
    }

    @Test
    void anIndexFarBehindTheEndIsARangeError() {
        js.event.put("list", new ArrayList<>());
        assertThat(js.value("try { event.list[2 ** 31] = 1 } catch (e) { return e instanceof RangeError }"))
                .isEqualTo(true);
        assertThat(js.value("event.list[3] = 1; return JSON.stringify(event.list)"))
                .isEqualTo("[null,null,null,1]");
    }

    @Test
    void otherJavaValuesAreText() {
        js.event.put("day", java.time.LocalDate.of(2026, 1, 2));
        assertThat(js.value("return typeof event.day + event.day")).isEqualTo("string2026-01-02");
        assertThat(js.event.get("day")).isEqualTo(java.time.LocalDate.of(2026, 1, 2));
    }
}
