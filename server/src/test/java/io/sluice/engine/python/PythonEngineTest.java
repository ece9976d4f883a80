package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.engine.Compilation;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.Run.Printed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts in Python find and what becomes of what they do. */
class PythonEngineTest {
    private final Py py = new Py();

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private void get(Object content) {
        py.event.put("request", map("method", "GET", "payload", map("name", "Ada"), "parameters", map()));
        py.event.put("response", map("status_code", 200, "content", content));
        py.event.put("resource", "todo");
    }

    @Test
    void returnsAValueFromTheTopLevel() {
        assertThat(py.value("if True:\n    return {'a': [1, 2.5, 'x', None, True]}\nreturn 7"))
                .isEqualTo(map("a", new ArrayList<>(java.util.Arrays.asList(1, 2.5, "x", null, true))));
    }

    @Test
    void nothingReturnedIsNoValue() {
        assertThat(py.run("x = 1").outcome()).isEqualTo(new Outcome.Completed(false, null));
        assertThat(py.run("").outcome()).isEqualTo(new Outcome.Completed(false, null));
        assertThat(py.run("# only a comment").outcome()).isEqualTo(new Outcome.Completed(false, null));
    }

    @Test
    void falsyValuesAreReturned() {
        assertThat(py.run("return 0").outcome()).isEqualTo(new Outcome.Completed(true, 0));
        assertThat(py.run("return ''").outcome()).isEqualTo(new Outcome.Completed(true, ""));
        assertThat(py.run("return False").outcome()).isEqualTo(new Outcome.Completed(true, false));
    }

    @Test
    void eventHasAttributesAndItems() {
        get(map("resource", new ArrayList<>(List.of(map("id", 1)))));
        assertThat(py.value("return [event.request.payload.name, event['request']['payload']['name'],"
                        + " event.response.content.resource[0].id, event.resource, event._event.resource,"
                        + " _event.resource, 'nope' in event, event.get('nope', 5), dict(event.request.payload)]"))
                .isEqualTo(List.of("Ada", "Ada", 1, "todo", "todo", "todo", false, 5, map("name", "Ada")));
    }

    @Test
    void aMissingAttributeIsAnAttributeError() {
        get(null);
        assertThat(py.value("try:\n    event.request.nope\nexcept AttributeError as e:\n    return 'no ' + str(e)"))
                .isEqualTo("no nope");
        assertThat(py.value("try:\n    event['nope']\nexcept KeyError:\n    return 'key'"))
                .isEqualTo("key");
    }

    @Test
    void editsOfTheEventComeBack() {
        get(map("resource", new ArrayList<>(List.of(map("id", 1, "gone", 2), map("id", 2)))));
        py.run("""
                for r in event.response.content.resource:
                    r.label = 'no ' + str(r['id'])
                del event.response.content.resource[0]['gone']
                event.response.content.resource.append({'id': 3})
                event.response.status_code = 201
                event.request.payload['more'] = [1]
                event.extra = {'a': (1, 2)}
                """);
        assertThat(py.event.get("response"))
                .isEqualTo(map(
                        "status_code",
                        201,
                        "content",
                        map(
                                "resource",
                                List.of(map("id", 1, "label", "no 1"), map("id", 2, "label", "no 2"), map("id", 3)))));
        assertThat(py.event)
                .extractingByKey("request")
                .extracting("payload")
                .isEqualTo(map("name", "Ada", "more", List.of(1)));
        assertThat(py.event).containsEntry("extra", map("a", List.of(1, 2)));
    }

    @Test
    void rowsAreEditedInPlaceAndUntouchedValuesStayWhatTheyWere() {
        RowShape shape = RowShape.of(List.of("id", "price", "qty", "big"));
        BigDecimal price = new BigDecimal("1.10");
        Row row = new Row(shape, new Object[] {1L, price, 3, new BigDecimal("12345678901234567890.123456789")});
        Object before = row.get("big");
        List<Object> rows = new ArrayList<>(List.of(row));
        Map<String, Object> content = map("resource", rows);
        get(content);
        py.run("for r in event.response.content.resource:\n    r.total = r.price * r.qty");
        assertThat(py.event).extractingByKey("response").extracting("content").isSameAs(content);
        assertThat(rows).singleElement().isSameAs(row);
        assertThat(row.get("price")).isSameAs(price);
        assertThat(row.get("big")).isSameAs(before);
        assertThat((Double) row.get("total")).isCloseTo(3.3, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void whatIsUntouchedIsTheSameObjectAsBefore() {
        Map<String, Object> content = map("a", List.of(1, 2), "b", Map.of("c", 1));
        get(content);
        py.run("event.response.status_code = 202");
        assertThat(py.event).extractingByKey("response").extracting("content").isSameAs(content);
    }

    @Test
    void immutableDataAreReplaced() {
        py.event.put("response", Map.of("content", List.of(1, 2)));
        py.run("event.response.content.append(3)\nevent.response.status_code = 201");
        assertThat(py.event.get("response")).isEqualTo(map("content", List.of(1, 2, 3), "status_code", 201));
    }

    @Test
    void setResponseRequestAndReturnAreThere() {
        get(null);
        assertThat(py.value(
                        "event.setResponse({'a': 1}, 201)\nevent.setRequest({'method': 'PUT'})\nevent.setReturn(5)"))
                .isEqualTo(5);
        assertThat(py.event.get("response"))
                .isEqualTo(map("status_code", 201, "content", map("a", 1), "content_type", "application/json"));
        assertThat(py.event.get("request")).isEqualTo(map("method", "PUT"));
    }

    @Test
    void theNamesThatOldScriptsUseAreThere() {
        assertThat(py.value("""
                import bunch, munch
                b = munchify({'a': [{'b': 1}]})
                assert bunchify(b).a[0].b == 1 and type(unmunchify(b)) is dict and type(unbunchify(b)['a'][0]) is dict
                assert munch.munchify({'x': 1}).x == 1 and bunch.bunchify({'x': 1}).x == 1 and Munch(y=2).y == 2
                return [json.loads('[1]'), http.client.OK, http.client.HTTPConnection.__name__]
                """)).isEqualTo(List.of(List.of(1), 200, "HTTPConnection"));
    }

    @Test
    void multiLineTextsStayAsTheyAre() {
        assertThat(py.value("x = '''a\n  b\n\tc'''\nreturn x")).isEqualTo("a\n  b\n\tc");
    }

    @Test
    void nestedFunctionsSeeTheNamesOfTheScript() {
        assertThat(py.value("""
                from __future__ import annotations
                import math
                rate = 2
                def twice(n):
                    return n * rate if n < 3 else twice(n - 1)
                class A:
                    def b(self): return twice(9) + math.floor(1.5)
                return A().b()
                """)).isEqualTo(5);
    }

    @Test
    void numbersKeepTheirValues() {
        py.event.put("big", new BigInteger("123456789012345678901234567890"));
        py.event.put("long", Long.MAX_VALUE);
        assertThat(py.value("return [event.big + 1, event.long, -2**70, 0.1, 1e300, 10**4000 > 1]"))
                .isEqualTo(List.of(
                        new BigInteger("123456789012345678901234567891"),
                        Long.MAX_VALUE,
                        BigInteger.TWO.pow(70).negate(),
                        0.1,
                        1e300,
                        true));
        assertThat(
                        py.value(
                                "from decimal import Decimal\nreturn [Decimal('1.10'), {'a': Decimal('0.1') + Decimal('0.2')}]"))
                .isEqualTo(List.of(new BigDecimal("1.10"), map("a", new BigDecimal("0.3"))));
    }

    @Test
    void valuesWithAnObviousFormAreSent() {
        assertThat(py.value("""
                import datetime, uuid
                return [datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 0, 1), datetime.time(1, 2),
                        uuid.UUID(int=1), b'bytes', {3}, {1: 'a'}.keys(), (1, 2), {1: 2, None: 3, True: 4}]
                """))
                .isEqualTo(List.of(
                        "2024-02-29",
                        "2024-02-29T12:00:01",
                        "01:02:00",
                        "00000000-0000-0000-0000-000000000001",
                        "bytes",
                        List.of(3),
                        List.of(1),
                        List.of(1, 2),
                        map("1", 4, "null", 3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "return float('nan') | NaN or infinity",
                "return {'a': float('inf')} | NaN or infinity",
                "import decimal; return decimal.Decimal('NaN') | NaN or infinity",
                "return lambda: 1 | type function",
                "return json | type module",
                "return object() | type object",
                "return b'\\xff\\xfe' | no UTF-8",
                "return {(1, 2): 3} | keys must be",
                "a = []; a.append(a); return a | contains itself",
                "event.me = event | contains itself",
                "event.x = {1}.__iter__() | type set_iterator",
            })
    void whatHasNoFormInJsonIsAClearError(String script, String words) {
        assertThat(py.threw(script).message()).contains("cannot be sent").contains(words);
        assertThat(py.threw(script).status()).isEqualTo(500);
    }

    @Test
    void f34_deepDataIsAClearError() {
        assertThat(py.threw("a = []\nfor i in range(100000): a = [a]\nreturn a").message())
                .contains("nested too deeply");
        assertThat(py.threw("a = []\nfor i in range(500): a = [a]\nreturn a").message())
                .contains("nested too deeply");
        assertThat(py.threw("def f(n): return f(n + 1)\nf(0)").message()).contains("maximum recursion depth");
    }

    @Test
    void f40_textThatIsNoUnicodeTextGoesBothWays() {
        py.event.put("half", "a\ud83d");
        py.event.put("smile", "\ud83d\ude00 é");
        assertThat(py.value("return [event.half, event.smile, len(event.smile), '\\udc00', '\\0']"))
                .isEqualTo(List.of("a\ud83d", "\ud83d\ude00 é", 3, "\udc00", "\0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "raise ValueError('boom') | 500 | boom",
                "raise ValueError() | 500 | ValueError",
                "raise ValueError('a', 1) | 500 | ('a', 1)",
                "assert False, 'no' | 500 | no",
                "{}['key'] | 500 | 'key'",
                "raise KeyboardInterrupt('x') | 500 | x",
                "import sys; sys.exit('bye') | 500 | bye",
                "exit(3) | 500 | 3",
                "class E(Exception): status_code = 404`;`raise E('none') | 404 | none",
                "e = Exception('late'); e.code = 409; raise e | 409 | late",
                "e = Exception('odd'); e.code = 999; raise e | 500 | odd",
                "class E(Exception):`;`  def __str__(self): raise E()`;`raise E() | 500 | E",
            })
    void exceptionsFailTheRunWithTheirWords(String script, int status, String message) {
        Outcome.Threw threw = py.threw(script.replace("`;`", "\n"));
        assertThat(threw.status()).isEqualTo(status);
        assertThat(threw.message()).isEqualTo(message);
    }

    @Test
    void exitWithoutAnErrorEndsTheScript() {
        get(null);
        assertThat(py.run("event.response.content = 1\nimport sys\nsys.exit()\nevent.response.content = 2")
                        .outcome())
                .isEqualTo(new Outcome.Completed(false, null));
        assertThat(py.event).extractingByKey("response").extracting("content").isEqualTo(1);
    }

    @Test
    void theFailingLineIsNamed() {
        Outcome.Threw threw = py.threw("import json\n\ndef f(x):\n    return json.loads(x)\n\nf('{')\n");
        assertThat(threw.where()).hasToString("orders.py line 4: return json.loads(x)");
        assertThat(py.threw("x = 1\nx.nope\n").where()).hasToString("orders.py line 2: x.nope");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = | 1 | 4",
                "x = 1`;`def f(: | 2 | 7",
                "print 'x' | 1 | 1",
                "if x:`;`pass | 2 | 1",
                "x = '''a | 1 | 5",
                "await x | 1 | 1",
                "break | 1 | 1",
            })
    void syntaxErrorsRefuseTheTextWithLineAndColumn(String text, int line, int column) {
        Compilation.Refused refused = py.refused(text.replace("`;`", "\n"));
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.column()).isEqualTo(column);
        assertThat(refused.message()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yield 1", "x = yield", "\0", "from math import *"})
    void otherTextsThatAreNoProgramAreRefused(String text) {
        assertThat(py.refused(text).message()).isNotBlank();
    }

    @Test
    void f34_textsThatAreNestedTooDeeplyAreRefused() {
        assertThat(py.refused("x = " + "(".repeat(10_000) + ")".repeat(10_000)).message())
                .isNotBlank();
        assertThat(py.refused("x = " + "-".repeat(200_000) + "1").message()).isNotBlank();
        assertThat(py.value("return 1")).isEqualTo(1);
    }

    @Test
    void whatIsPrintedIsKept() {
        Run run = py.run("""
                import sys, os
                print('a', 1)
                print('no newline', end='')
                sys.stderr.write('bad\\n')
                os.write(1, b'raw')
                os.system('echo shell')
                print()
                raise ValueError('x')
                """);
        assertThat(run.console())
                .contains(new Printed("log", "a 1"), new Printed("log", "no newline"), new Printed("error", "bad"))
                .hasSize(3);
        assertThat(run.outcome()).isInstanceOf(Outcome.Threw.class);
    }

    @Test
    void f40_theConsoleIsBounded() {
        Run run = py.run("for i in range(100000): print('x' * 100)\nprint('y' * 10000000)\nreturn 1");
        assertThat(run.outcome()).isEqualTo(new Outcome.Completed(true, 1));
        assertThat(run.console().getLast())
                .isEqualTo(new Printed("warn", "(the console was cut here: a run can print 64 KB)"));
        assertThat(run.console().stream().mapToInt(line -> line.text().length()).sum())
                .isLessThan(66_000);
    }

    @Test
    void linesOfAStoppedRunAreKept() {
        py.timeoutMillis = 10_000; // the worker's start is in it
        Run run = py.run("import time\nprint('begin')\ntime.sleep(0.1)\nprint('going')\ntime.sleep(600)");
        assertThat(run.outcome()).isInstanceOf(Outcome.Stopped.class);
        assertThat(run.console()).contains(new Printed("log", "begin"));
    }

    @Test
    void sessionAndConfigAreThere() {
        py.platform.put("session", map("user", map("id", 7)));
        py.platform.put("config", map("version", "1"));
        assertThat(py.value("return [platform.session.user.id, platform['config']['version'], platform.get('x', 1)]"))
                .isEqualTo(List.of(7, "1", 1));
    }

    @Test
    void f32_timeMemoryAndOutputLimitsHold() {
        py.timeoutMillis = 1000;
        assertThat(py.run("while True: pass").outcome())
                .isInstanceOfSatisfying(
                        Outcome.Stopped.class,
                        stopped -> assertThat(stopped.limit()).isEqualTo(Run.Limit.TIME));
        py.timeoutMillis = 60_000;
        py.memoryBytes = 128 * Py.MB;
        assertThat(py.run("x = 'x' * (1 << 30)").outcome())
                .isInstanceOfSatisfying(
                        Outcome.Stopped.class,
                        stopped -> assertThat(stopped.limit()).isEqualTo(Run.Limit.MEMORY));
        py.memoryBytes = 512 * Py.MB;
        assertThat(py.run("return 'x' * (70 << 20)").outcome())
                .isInstanceOfSatisfying(
                        Outcome.Stopped.class,
                        stopped -> assertThat(stopped.limit()).isEqualTo(Run.Limit.OUTPUT));
    }
}
