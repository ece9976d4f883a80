package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.answer;
import static io.sluice.engine.php.Phps.completed;
import static io.sluice.engine.php.Phps.printed;
import static io.sluice.engine.php.Phps.threw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.Run;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What scripts see and what comes of them, the same with php-fpm and with php of the command line. */
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("engines")
class PhpContractTest {
    @Parameter
    PhpEngine engine;

    Phps php;

    static Stream<PhpEngine> engines() {
        return Stream.of(Phps.FPM, Phps.CLI);
    }

    @BeforeEach
    void start() {
        php = new Phps(engine);
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static List<Object> list(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @Test
    void editsOfTheEventComeBackInPlace() {
        Row row = new Row(RowShape.of(List.of("id", "label")), new Object[] {1, "vip"});
        Map<String, Object> content = map("resource", list(row));
        php.event = map("request", map("method", "GET"), "response", map("content", content));

        completed(
                php.run(
                        "foreach ($event['response']['content']['resource'] as &$r) { $r['upper'] = strtoupper($r['label']); }"));

        assertThat(row).containsEntry("upper", "VIP").containsEntry("label", "vip");
    }

    @Test
    void whatAScriptLeavesAloneLosesNothing() {
        Map<String, Object> kept = map(
                "emptyObject",
                map(),
                "emptyList",
                list(),
                "decimal",
                new BigDecimal("1.10"),
                "huge",
                new BigInteger("123456789012345678901234567890"),
                "long",
                Long.MAX_VALUE,
                "whole",
                2.0,
                "nested",
                map("x", list(map(), list())));
        Map<String, Object> before = new LinkedHashMap<>(kept);
        php.event = map("response", map("content", map("kept", kept, "other", 1)));

        completed(php.run("$event['response']['content']['other'] = 2; unset($event['response']['content']['none']);"));

        assertThat(php.event).isEqualTo(map("response", map("content", map("kept", before, "other", 2))));
        assertThat(kept.get("decimal")).hasToString("1.10");
        assertThat(kept.get("emptyObject")).isInstanceOf(Map.class);
    }

    @Test
    void valuesOfAllKindsComeIn() {
        php.event = map(
                "a", 1, "b", Long.MAX_VALUE, "c", 1.5, "d", "é\u0000\"\\", "e", true, "f", null, "g", list(1, map()));

        assertThat(php.value(
                        "return [gettype($event['a']), $event['b'] === PHP_INT_MAX, $event['c'], $event['d'] === \"é\\0\\\"\\\\\", "
                                + "$event['e'], $event['f'], $event['g']];"))
                .isEqualTo(list("integer", true, 1.5, true, true, null, list(1, list())));
    }

    @Test
    void numbersBeyondSixtyFourBitsAreText() {
        php.event = map("huge", new BigInteger("123456789012345678901234567890"));

        assertThat(php.value("return $event['huge'];")).isEqualTo("123456789012345678901234567890");
    }

    @Test
    void keysAreRemovedAddedAndPutInOrder() {
        php.event = map("list", list(1, 2, 3, 4), "map", map("a", 1, "b", 2), "sorted", map("z", 1, "a", 2));

        completed(php.run(
                "array_pop($event['list']); $event['list'][] = 5; $event['list'][] = 6; unset($event['map']['a']);"
                        + " $event['map']['c'] = 3; ksort($event['sorted']); $event['new'] = ['x' => new stdClass];"));

        assertThat(php.event)
                .isEqualTo(map(
                        "list", list(1, 2, 3, 5, 6),
                        "map", map("b", 2, "c", 3),
                        "sorted", map("a", 2, "z", 1),
                        "new", map("x", map())));
        assertThat(((Map<?, ?>) php.event.get("sorted")).keySet().iterator().next())
                .isEqualTo("a");
    }

    @Test
    void rowsAreFilteredAndRebuilt() {
        php.event = map("rows", list(map("id", 1), map("id", 2), map("id", 3)));

        completed(php.run("$event['rows'] = array_values(array_filter($event['rows'], fn($r) => $r['id'] != 2));"));

        assertThat(php.event).isEqualTo(map("rows", list(map("id", 1), map("id", 3))));
    }

    @Test
    void aListWithAHoleIsAnObject() {
        php.event = map("rows", list("a", "b", "c"));

        completed(php.run("unset($event['rows'][1]);"));

        assertThat(php.event).isEqualTo(map("rows", map("0", "a", "2", "c")));
    }

    @Test
    void returnedValues() {
        assertThat(php.value("return ['a' => 1, 'b' => [true, null, 1.5]];"))
                .isEqualTo(map("a", 1, "b", list(true, null, 1.5)));
        assertThat(php.value("return 'plain';")).isEqualTo("plain");
        assertThat(php.value("return 1;")).isEqualTo(1);
        assertThat(php.value("return 0;")).isEqualTo(0);
        assertThat(php.value("return new stdClass;")).isEqualTo(map());
        assertThat(completed(php.run("$x = 1;")).returned()).isFalse();
        assertThat(completed(php.run("return;")).returned()).isFalse();
        assertThat(completed(php.run("// nothing")).returned()).isFalse();
    }

    @Test
    void theEventReturnedIsTheEvent() {
        php.event = map("a", map(), "b", 1);

        Run.Outcome.Completed done = completed(php.run("$event['b'] = 2; return $event;"));

        assertThat(done.returned()).isTrue();
        assertThat(done.value()).isSameAs(php.event);
        assertThat(php.event).isEqualTo(map("a", map(), "b", 2));
    }

    @Test
    void tagsAroundTheTextAreLeftOut() {
        assertThat(php.value("<?php return 1; ?>")).isEqualTo(1);
        assertThat(php.value("\uFEFF<?php\nreturn 2;\n?>\n")).isEqualTo(2);
        assertThat(php.value("\n\n <?PHP return 3 ?>")).isEqualTo(3);
        assertThat(php.value("return 4")).isEqualTo(4);
        assertThat(
                        php.value(
                                "declare(strict_types=1); namespace A\\B; function f(int $x) { return $x; } return f(5); // end"))
                .isEqualTo(5);
    }

    @Test
    void functionsAndClassesAreDeclaredOnEachCall() {
        var program = php.program(
                "function helper($x) { return $x * 2; } class Thing { public static $n = 0; } Thing::$n++; return helper(Thing::$n);");

        for (int i = 0; i < 3; i++) {
            assertThat(completed(php.run(program)).value()).isEqualTo(2);
        }
        program.close();
    }

    @Test
    void exitEndsTheScriptWithTheEventAsItIs() {
        php.event = map("a", 1);

        Run run = php.run("$event['a'] = 2; function f() { exit('bye'); } f(); $event['a'] = 3;");

        assertThat(completed(run).returned()).isFalse();
        assertThat(php.event).isEqualTo(map("a", 2));
        assertThat(printed(run)).containsExactly("log: bye");
    }

    @Test
    void outputGoesToTheConsole() {
        Run run = php.run("echo \"one\\ntwo\\n\"; print 'three'; ob_start(); var_dump(1); return 5;");

        assertThat(completed(run).value()).isEqualTo(5);
        assertThat(String.join("|", printed(run)))
                .startsWith("log: one|log: two|log: three")
                .contains("int(1)");
    }

    @Test
    void warningsGoToTheConsole() {
        Run run = php.run("\n$x = $event['missing'];\nreturn 7;");

        assertThat(completed(run).value()).isEqualTo(7);
        assertThat(printed(run))
                .anyMatch(line -> line.contains("Undefined array key \"missing\" in orders.php on line 2"));
    }

    @Test
    void exceptionsHaveTheirStatus() {
        for (var one : Map.of(
                        "BadRequest",
                        400,
                        "Batch",
                        400,
                        "InvalidJson",
                        400,
                        "Unauthorized",
                        401,
                        "Forbidden",
                        403,
                        "NotFound",
                        404,
                        "Conflict",
                        409,
                        "ConflictResource",
                        409,
                        "TooManyRequests",
                        429,
                        "NotImplemented",
                        501)
                .entrySet()) {
            Run.Outcome.Threw threw =
                    threw(php.run("throw new \\DreamFactory\\Core\\Exceptions\\" + one.getKey() + "Exception('no');"));
            assertThat(threw.status()).as(one.getKey()).isEqualTo(one.getValue());
            assertThat(threw.message()).isEqualTo("no");
        }
        assertThat(threw(
                                php.run(
                                        "use DreamFactory\\Core\\Exceptions\\RestException; throw new RestException(418, 'tea', 7);"))
                        .status())
                .isEqualTo(418);
        assertThat(threw(php.run("throw new DreamFactory\\Core\\Exceptions\\ServiceUnavailableException;"))
                        .status())
                .isEqualTo(503);
        assertThat(threw(php.run("throw new DreamFactory\\Core\\Exceptions\\DfException('x');"))
                        .status())
                .isEqualTo(500);
        assertThat(threw(php.run("throw new \\Exception('stop here');")))
                .isEqualTo(new Run.Outcome.Threw(
                        500, "stop here", "orders.php line 1: throw new \\Exception('stop here');"));
        assertThat(threw(php.run("throw new \\Exception('teapot', 418);")).status())
                .isEqualTo(418);
    }

    @Test
    void errorsSayWhere() {
        Run.Outcome.Threw threw =
                threw(php.run("<?php\n$a = 1;\nfunction half($x) {\n  return intdiv($x, 0);\n}\nhalf(3);"));

        assertThat(threw.status()).isEqualTo(500);
        assertThat(threw.message()).isEqualTo("Division by zero");
        assertThat(threw.where()).hasToString("orders.php line 4: return intdiv($x, 0);");
        assertThat(threw(php.run("\n\nfoo();")).where()).hasToString("orders.php line 3: foo();");
        assertThat(threw(php.run("function f(int $x) {}\nf('x');")).message())
                .contains("must be of type int, string given, called in orders.php");
    }

    @Test
    void fatalErrorsSayWhere() {
        Run.Outcome.Threw threw = threw(php.run("\ntrigger_error('it is broken', E_USER_ERROR);"));

        assertThat(threw.message()).isEqualTo("it is broken");
        assertThat(threw.where().toString()).startsWith("orders.php line 2: trigger_error");
    }

    @Test
    void syntaxErrorsAreRefused() {
        assertThat(php.refused("\n\nthis is not php (").line()).isEqualTo(3);
        assertThat(php.refused("$a = 1;\n$b = ;").where())
                .startsWith("line 2: ")
                .contains("unexpected token \";\"")
                .endsWith("$b = ;");
    }

    @Test
    void whatJsonHasNoWordForIsNull() {
        assertThat(php.value("return [NAN, INF, ['x' => -INF], 1.5];"))
                .isEqualTo(list(null, null, map("x", null), 1.5));
        assertThat(php.value("return \"a\\xffb\";")).isEqualTo("a\uFFFDb");
        assertThat(threw(php.run("$a = []; $a['a'] = &$a; return $a;")).message())
                .contains("contain themselves");
    }

    @Test
    void deepDataAreRefusedInWords() {
        assertThat(threw(php.run("$a = 1; for ($i = 0; $i < 5000; $i++) $a = [$a]; return $a;"))
                        .message())
                .contains("nested too deeply");
        Object deep = 1;
        for (int i = 0; i < 5000; i++) {
            deep = list(deep);
        }
        php.event = map("deep", deep);
        assertThat(threw(php.run("return 1;")).message()).contains("nested deeper");
    }

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

    @Test
    void siblingsAreIncluded() {
        var program = php.program(
                "require_once 'lib/tax.php'; return tax(100);",
                Map.of("lib/tax.php", "<?php function tax($x) { return $x / 5; }"));

        assertThat(completed(php.run(program)).value()).isEqualTo(20);
        program.close();
    }

    @Test
    void anEventThatIsNoArrayAnyMore() {
        assertThat(threw(php.run("$event = 5;")).message()).contains("no array");
    }

    @Test
    void largeDataGoBothWays() {
        php.event = map("text", "é".repeat(1_000_000));

        assertThat(php.value("$event['more'] = $event['text']; return strlen($event['text']);"))
                .isEqualTo(2_000_000);
        assertThat(php.event.get("more")).isEqualTo(php.event.get("text"));
    }
}
