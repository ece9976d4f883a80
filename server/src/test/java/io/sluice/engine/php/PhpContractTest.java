package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.completed;
import static io.sluice.engine.php.Phps.printed;
import static io.sluice.engine.php.Phps.threw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a text runs: its tags and declarations, its end, its output and its errors. */
class PhpContractTest extends BothPhps {
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
    void siblingsAreIncluded() {
        var program = php.program(
                "require_once 'lib/tax.php'; return tax(100);",
                Map.of("lib/tax.php", "<?php function tax($x) { return $x / 5; }"));

        assertThat(completed(php.run(program)).value()).isEqualTo(20);
        program.close();
    }
}
