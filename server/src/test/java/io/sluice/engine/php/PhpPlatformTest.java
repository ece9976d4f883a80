package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.answer;
import static io.sluice.engine.php.Phps.completed;
import static io.sluice.engine.php.Phps.printed;
import static io.sluice.engine.php.Phps.threw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.PlatformCalls;
import io.sluice.engine.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls of the API, the store and the session, as scripts reach them. */
class PhpPlatformTest extends BothPhps {
    @Test
    void allFormsOfCalls() {
        php.calls = request -> answer(200, map("path", request.path()));

        assertThat(php.value("$get = $platform['api']->get;"
                        + "$r = [$get('db/a'), $platform['api']->get->__invoke('db/b'), $platform['api']->get('db/c'), $platform->api->get('db/d'),"
                        + "$platform['api']->call('get', 'db/e')];"
                        + "return array_map(fn($x) => $x['content']['path'], $r);"))
                .isEqualTo(list("db/a", "db/b", "db/c", "db/d", "db/e"));
    }

    @Test
    void callsCarryEverything() {
        php.calls = request -> answer(201, map("ok", true));

        Object answered = php.value("return $platform['api']->post('db/_table/t?x=1', ['resource' => [['a' => 1.5]]],"
                + " ['parameters' => ['fields' => '*'], 'headers' => ['X-A' => 'b']]);");

        assertThat(php.requests)
                .containsExactly(new PlatformCalls.Request(
                        "POST",
                        "db/_table/t?x=1",
                        map("resource", list(map("a", 1.5))),
                        map("fields", "*"),
                        Map.of("X-A", "b")));
        assertThat(answered)
                .isEqualTo(map(
                        "status_code",
                        201,
                        "content_type",
                        "application/json",
                        "content",
                        map("ok", true),
                        "format",
                        201,
                        "headers",
                        map("X-Total", "7")));
    }

    @Test
    void thePayloadOfAGetIsItsParameters() {
        php.calls = request -> answer(200, "text");

        completed(php.run("$platform['api']->get('db/_table/t', ['filter' => 'id>1'], ['headers' => ['X-A: b']]);"
                + " $platform['api']->delete('db/_table/t/1'); $platform['api']->put('f', 'text');"));

        assertThat(php.requests.getFirst().parameters()).isEqualTo(map("filter", "id>1"));
        assertThat(php.requests.getFirst().headers()).isEqualTo(Map.of("X-A", "b"));
        assertThat(php.requests.get(1).method()).isEqualTo("DELETE");
        assertThat(php.requests.get(1).payload()).isNull();
        assertThat(php.requests.get(2).payload()).isEqualTo("text");
    }

    @Test
    void callsWorkWhileOutputIsBuffered() {
        php.calls = request -> answer(200, "x".repeat(100_000));

        Run run = php.run(
                "ob_start(fn($s) => strtoupper($s)); echo 'hi'; $r = $platform['api']->post('db', str_repeat('y', 50000)); echo 'ho';"
                        + " ob_end_flush(); return strlen($r['content']);");

        assertThat(completed(run).value()).isEqualTo(100_000);
        assertThat(php.requests.getFirst().payload()).isEqualTo("y".repeat(50_000));
        assertThat(printed(run)).containsExactly("log: HIHO");
    }

    @Test
    void sessionAndConfig() {
        php.platform = map("session", map("user", map("id", 5)), "config", map("version", "1"));

        assertThat(php.value(
                        "return [$platform['session']['user']['id'], $platform->session['user']['id'], $platform['config']['version'],"
                                + " array_keys((array) $platform), isset($platform['none'])];"))
                .isEqualTo(list(5, 5, "1", list("api", "store", "session", "config"), false));
    }

    @Test
    void theStoreKeepsValues() {
        Map<String, Object> kept = new LinkedHashMap<>();
        php.store = new PlatformCalls.KeyValues() {
            @Override
            public Optional<Object> get(String key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void set(String key, Object value, long seconds) {
                if (key.isEmpty()) {
                    throw new IllegalArgumentException("The key is empty.");
                }
                kept.put(key, value);
                kept.put("seconds of " + key, seconds);
            }

            @Override
            public boolean delete(String key) {
                return kept.remove(key) != null;
            }
        };

        assertThat(
                        php.value(
                                "$s = $platform['store']; $s->set('a', ['b' => 1]); $s->set('c', 2, 60); $get = $s->get;"
                                        + " return [$get('a'), $s->get('none'), $s->get('none', 'default'), $s->delete('c'), $s->delete('c')];"))
                .isEqualTo(list(map("b", 1), null, "default", true, false));
        assertThat(kept.get("seconds of c")).isEqualTo(60L);
        assertThat(threw(php.run("$platform['store']->set('', 1);")).message()).isEqualTo("The key is empty.");
    }
}
