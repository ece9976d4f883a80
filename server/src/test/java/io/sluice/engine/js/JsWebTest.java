package io.sluice.engine.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.engine.PlatformCalls.Fetched;
import io.sluice.engine.PlatformCalls.KeyValues;
import io.sluice.engine.PlatformCalls.Outward;
import io.sluice.engine.Run;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts find of the web: fetch, crypto, text, clones, platform.store. */
class JsWebTest {
    private final Js js = new Js();
    private final ConcurrentLinkedQueue<Outward> sent = new ConcurrentLinkedQueue<>();

    private static Fetched.Answered answer(int status, String address, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("x-one", "1, 2");
        return new Fetched.Answered(status, "Words", address, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private void answering(int status, String body) {
        js.fetches = request -> {
            sent.add(request);
            return answer(status, request.address(), body);
        };
    }

    @Test
    void fetchAnswersAResponse() {
        answering(200, "{\"a\": [1, \"ü\"]}");
        assertThat(js.value("""
                const r = await fetch('https://API.example/x y?q=1#frag', {headers: {Accept: 'a/b'}});
                return [r.ok, r.status, r.statusText, r.url, r.headers.get('X-ONE'), r.redirected, r.bodyUsed,
                  (await r.json()).a[1], r.bodyUsed, r instanceof Response, String(r)].join('|');"""))
                .isEqualTo(
                        "true|200|Words|https://api.example/x%20y?q=1#frag|1, 2|true|false|ü|true|true|[object Response]");
        Outward outward = sent.element();
        assertThat(outward.method()).isEqualTo("GET");
        assertThat(outward.headers()).containsExactlyEntriesOf(Map.of("accept", "a/b"));
        assertThat(outward.redirects()).isEqualTo(10);
    }

    @Test
    void bodiesOfAllKindsAreSent() {
        answering(200, "");
        js.value("""
                const u = 'https://api.example/';
                await fetch(u, {method: 'post', body: 'grüße'});
                await fetch(u, {method: 'PATCH', body: new URLSearchParams({a: 'b c'})});
                await fetch(u, {method: 'PUT', body: new Uint8Array([0, 255, 10, 7]).subarray(1, 3), redirect: 'manual'});
                await fetch(new Request(u, {method: 'POST', headers: [['Content-Type', 'x/y']], body: JSON.stringify({a: 1})}));
                await fetch(new URL(u));""");
        assertThat(sent)
                .extracting(one -> one.method() + " " + one.headers().get("content-type") + " " + one.redirects() + " "
                        + new String(one.body(), StandardCharsets.ISO_8859_1))
                .containsExactly(
                        "POST text/plain;charset=UTF-8 10 gr\u00c3\u00bc\u00c3\u009fe",
                        "PATCH application/x-www-form-urlencoded;charset=UTF-8 10 a=b+c",
                        "PUT null 0 \u00ff\n",
                        "POST x/y 10 {\"a\":1}",
                        "GET null 10 ");
    }

    @Test
    void bytesAreBytes() {
        byte[] body = new byte[100_003];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i * 31);
        }
        js.fetches = request -> new Fetched.Answered(200, "", request.address(), Map.of(), body);
        assertThat(js.value("""
                const r = await fetch('https://api.example/'), c = r.clone();
                const bytes = new Uint8Array(await r.arrayBuffer());
                const again = await c.bytes();
                let ok = bytes.length === 100003;
                for (let i = 0; i < bytes.length; i++) ok = ok && bytes[i] === (i * 31 & 255) && again[i] === bytes[i];
                try { await r.text() } catch (e) { return ok + ' ' + (e instanceof TypeError) }""")).isEqualTo("true true");
    }

    @Test
    void callsInFlightOverlap() {
        CyclicBarrier all = new CyclicBarrier(4);
        js.fetches = request -> {
            try {
                all.await(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                return new Fetched.Refused("they came one after the other");
            }
            return answer(200, request.address(), request.address());
        };
        assertThat(js.value("""
                const all = await Promise.all([1, 2, 3, 4].map(n => fetch('https://h.example/' + n).then(r => r.text())));
                return all.map(u => u.at(-1)).join();""")).isEqualTo("1,2,3,4");
    }

    @Test
    void timersTurnWhileACallIsOnItsWay() {
        CountDownLatch ticked = new CountDownLatch(1);
        js.calls = request -> {
            ticked.countDown();
            return Js.answer(200, "");
        };
        js.fetches = request -> {
            try {
                return ticked.await(60, TimeUnit.SECONDS) ? answer(200, "", "late") : new Fetched.Refused("no tick");
            } catch (InterruptedException e) {
                return new Fetched.Refused("interrupted");
            }
        };
        assertThat(js.value("setTimeout(() => platform.api.get('tick'), 5);"
                        + " return fetch('https://h.example/').then(r => r.text())"))
                .isEqualTo("late");
    }

    @Test
    void aRefusalIsATypeErrorOfTheScript() {
        js.fetches = request -> new Fetched.Refused("h.example is not called: why.");
        assertThat(js.value("try { await fetch('https://h.example/') } catch (e) { return e.name + ': ' + e.message }"))
                .isEqualTo("TypeError: fetch failed: h.example is not called: why.");
        assertThat(Js.threw(js.run("return fetch('https://h.example/')")).message())
                .isEqualTo("fetch failed: h.example is not called: why.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fetch('nowhere')",
                "fetch('https://u:p@h.example/')",
                "fetch('https://h.example/', {method: 'GE T'})",
                "fetch('https://h.example/', {method: 'connect'})",
                "fetch('https://h.example/', {body: 'x'})",
                "fetch('https://h.example/', {headers: {'a b': '1'}})",
                "fetch('https://h.example/', {headers: {a: 'x\\r\\nb: c'}})",
                "fetch('https://h.example/', {headers: {a: 'x\\0'}})",
                "fetch('https://h.example/', {headers: [['a', 'ü\u4e00']]})",
                "fetch('https://h.example/', {redirect: 'x'})"
            })
    void whatCannotBeSentIsRejectedAndNotSent(String call) {
        assertThat(js.value("let rejected = 'thrown'; try { const p = " + call
                        + "; rejected = 'rejected'; await p } catch (e) { return rejected + ' ' + e.name }"))
                .isEqualTo("rejected TypeError");
    }

    @Test
    void anAbortEndsTheCall() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        js.fetches = request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.countDown();
            }
            return new Fetched.Refused("ended");
        };
        js.calls = request -> {
            try {
                begun.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Js.answer(200, "");
        };
        assertThat(js.value("""
                const c = new AbortController(), p = fetch('https://h.example/', {signal: c.signal});
                platform.api.get('begun'); c.abort();
                try { await p } catch (e) { return e.name }""")).isEqualTo("AbortError");
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(
                        js.value(
                                "try { await fetch('https://h.example/', {signal: AbortSignal.timeout(20)}) } catch (e) { return e.name }"))
                .isEqualTo("TimeoutError");
    }

    /** A timeout that guards a fast call is not waited for. */
    @Test
    void aTimeoutSignalDoesNotHoldTheRun() {
        answering(200, "fast");
        js.timeoutMillis = 30_000;
        assertThat(js.value(
                        "return (await fetch('https://h.example/', {signal: AbortSignal.timeout(3600000)})).text()"))
                .isEqualTo("fast");
    }

    @Test
    void aRunThatIsOverLeavesNoCallBehind() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        js.fetches = request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            ended.countDown();
            return new Fetched.Refused("ended");
        };
        js.timeoutMillis = 1_000;
        assertThat(Js.stopped(js.run("await fetch('https://h.example/')")).limit())
                .isEqualTo(Run.Limit.TIME);
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted).isTrue();
    }

    @Test
    void answersThatAreNotReadAreBounded() {
        byte[] large = new byte[10 << 20];
        js.memoryBytes = 4096 * Js.MB;
        js.fetches = request -> new Fetched.Answered(200, "", request.address(), Map.of(), large);
        assertThat(
                        js.value(
                                "let n = 0; try { for (; n < 50; n++) await fetch('https://h.example/') } catch (e) { return n + e.message }"))
                .asString()
                .startsWith("6")
                .contains("not read yet");
        assertThat(
                        js.value(
                                "let n = 0; for (; n < 12; n++) await (await fetch('https://h.example/')).arrayBuffer(); return n"))
                .isEqualTo(12);
    }

    @Test
    void aFailureOfTheServerIsNotTheScriptsFault() {
        js.fetches = request -> {
            throw new IllegalStateException("boom /secret/path");
        };
        assertThat(catchThrowable(
                        () -> js.run("try { await fetch('https://h.example/') } catch (e) { print(e.message) }")))
                .hasMessageContaining("boom");
    }

    @Test
    void headersAndResponsesCanBeMade() {
        assertThat(js.value("""
                const h = new Headers({B: '1', a: 2}); h.append('b', '3'); h.delete('x');
                const r = Response.json({x: 1}, {status: 201, headers: h});
                const copy = r.clone();
                return [[...h].join(';'), h.has('A'), r.status, r.headers.get('content-type'), (await r.json()).x,
                  await copy.text(), await new Response('x').text(), new Request('https://h.example').method,
                  new Headers([['set-cookie', 'a=b; Expires=Mon, 01 Jan 2026'], ['set-cookie', 'c=d']]).getSetCookie().length].join('|');""")).isEqualTo("a,2;b,1, 3|true|201|application/json|1|{\"x\":1}|x|GET|2");
    }

    @Test
    void digestsChanceAndIdentifiers() {
        assertThat(js.value("""
                const hex = b => [...new Uint8Array(b)].map(x => x.toString(16).padStart(2, '0')).join('');
                const abc = new TextEncoder().encode('xabcx').subarray(1, 4);
                const a = new Uint32Array(4), b = new Uint8Array(64);
                const same = crypto.getRandomValues(a) === a; crypto.getRandomValues(b.subarray(32));
                return [hex(await crypto.subtle.digest('SHA-1', abc)), hex(await crypto.subtle.digest({name: 'sha-256'}, abc)),
                  (await crypto.subtle.digest('SHA-384', abc.slice().buffer)).byteLength, (await crypto.subtle.digest('SHA-512', abc)).byteLength,
                  same, new Set(a).size > 1, b.subarray(0, 32).every(x => x === 0), b.subarray(32).some(x => x !== 0),
                  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()),
                  crypto.randomUUID() !== crypto.randomUUID()].join('|');"""))
                .isEqualTo(
                        "a9993e364706816aba3e25717850c26c9cd0d89d"
                                + "|ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad|48|64|true|true|true|true|true|true");
        assertThat(
                        js.value(
                                "const e = []; for (const f of [() => crypto.subtle.digest('MD5', new Uint8Array(1)),"
                                        + " async () => crypto.getRandomValues(new Uint8Array(65537)), async () => crypto.getRandomValues([]),"
                                        + " () => crypto.subtle.digest('SHA-1', 'text')]) { try { await f() } catch (x) { e.push(x.name) } } return e.join()"))
                .isEqualTo("TypeError,RangeError,TypeError,TypeError");
    }

    @Test
    void textIsEncodedAndDecoded() {
        assertThat(js.value("""
                const t = 'aü€😀', b = new TextEncoder().encode(t);
                const into = new TextEncoder().encodeInto('ü€', new Uint8Array(3));
                let fatal; try { new TextDecoder('utf-8', {fatal: true}).decode(new Uint8Array([255])) } catch (e) { fatal = e.name }
                return [b.length, new TextDecoder().decode(b) === t, new TextDecoder().decode(new Uint8Array([239, 187, 191, 65])),
                  new TextDecoder().decode(new Uint8Array([255, 65])), fatal, new TextDecoder('utf-16le').decode(new Uint8Array([65, 0])),
                  into.read, into.written].join('|');""")).isEqualTo("10|true|A|\ufffdA|TypeError|A|1|2");
    }

    @Test
    void clonesAreDeepAndKeepTheirKinds() {
        js.event.put("data", new HashMap<>(Map.of("list", List.of(1, Map.of("x", "y")))));
        assertThat(js.value("""
                const o = {d: new Date(5), r: /a/gi, m: new Map([[{k: 1}, new Set([1])]]), e: new RangeError('no'), n: null, u: undefined,
                  b: new Uint8Array([1, 2, 3]).subarray(1), f: new Float64Array([1.5]), big: 10n, v: new DataView(new ArrayBuffer(4), 1, 2),
                  boxed: Object(7), hole: [1, , 3]};
                o.self = o; o.same = o.b;
                const c = structuredClone(o), p = structuredClone(event.data);
                p.list[1].x = 'changed';
                return [c !== o, c.self === c, c.d.getTime(), c.d instanceof Date, String(c.r), [...c.m.keys()][0].k, [...c.m.values()][0].has(1),
                  c.e instanceof RangeError, c.e.message, c.n, 'u' in c, c.b.length, c.b[0], c.b !== o.b, c.same === c.b, c.f[0], c.big, c.v.byteLength,
                  c.boxed + 1, 1 in c.hole, event.data.list[1].x, Array.isArray(p.list)].join('|');"""))
                .isEqualTo("true|true|5|true|/a/gi|1|true|true|no||true|2|2|true|true|1.5|10|2|8|false|y|true");
        assertThat(js.value(
                        "const e = []; for (const x of [() => 1, Symbol('s'), {a: () => 1}, Promise.resolve(), new WeakMap()])"
                                + " try { structuredClone(x) } catch (f) { e.push(f.name) } return e.join()"))
                .isEqualTo("DataCloneError,DataCloneError,DataCloneError,DataCloneError,DataCloneError");
    }

    @Test
    void performanceCountsFromTheStartOfTheRun() {
        assertThat(js.value(
                        "return performance.now() >= 0 && performance.now() < 60000 && performance.timeOrigin > 1e12"))
                .isEqualTo(true);
    }

    @Test
    void theStoreKeepsData() {
        Map<String, Object> kept = new HashMap<>();
        js.store = new KeyValues() {
            @Override
            public Optional<Object> get(String key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void set(String key, Object value, long seconds) {
                if (key.isEmpty()) {
                    throw new IllegalArgumentException("A key has 1 to 255 characters.");
                }
                kept.put(key, value);
                kept.put(key + " seconds", seconds);
            }

            @Override
            public boolean delete(String key) {
                return kept.remove(key) != null;
            }
        };
        assertThat(js.value("""
                const s = platform.store, o = {a: [1, new Date(0)], f() {}};
                s.set('k', o); o.a.push(2); s.set('t', 'text', 60);
                return [JSON.stringify(s.get('k')), s.get('none'), s.get('none', 7), s.delete('t'), s.delete('t'), s.get('t')].join('|');""")).isEqualTo("{\"a\":[1,\"1970-01-01T00:00:00.000Z\"]}||7|true|false|");
        assertThat(kept).containsEntry("k seconds", 900L).containsEntry("t seconds", 60L);
        assertThat(js.value("try { platform.store.set('', 1) } catch (e) { return e.name + ': ' + e.message }"))
                .isEqualTo("Error: A key has 1 to 255 characters.");
        assertThat(js.value("try { platform.store.set('k', 1, 'soon') } catch (e) { return e.name }"))
                .isEqualTo("TypeError");
    }
}
