package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.completed;
import static io.sluice.engine.php.Phps.threw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.Run;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Data that scripts are given, and what of their changes and results comes back. */
class PhpDataTest extends BothPhps {
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
