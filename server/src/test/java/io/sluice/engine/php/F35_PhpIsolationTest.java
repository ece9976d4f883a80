package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import io.sluice.engine.process.Confinement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F35: what one run does is not seen by the next run of the same worker. */
class F35_PhpIsolationTest {
    private static Confinement confinement;
    private static PhpEngine engine;

    @BeforeAll
    static void start() {
        confinement = new Confinement(false);
        engine = new PhpEngine(confinement, PhpSettings.defaults().withWorkers(1, 4));
    }

    @AfterAll
    static void stop() {
        engine.close();
        confinement.close();
    }

    /** What is done, and the words for what is seen of it; both runs say what they see, the first one before it does it. */
    static List<Arguments> attempts() {
        return List.of(
                attempt("a global", "$GLOBALS['leak'] = 1", "$GLOBALS['leak'] ?? null"),
                attempt(
                        "globals by the keyword",
                        "(function () { global $leak; $leak = 1; })()",
                        "$GLOBALS['leak'] ?? null"),
                attempt(
                        "a static of a function",
                        "counted()",
                        "counted()",
                        "function counted() { static $n = 0; return ++$n; }"),
                attempt("a static of a class", "Kept::$n++", "Kept::$n", "class Kept { public static $n = 0; }"),
                attempt("a static of a closure", "$f = function () { static $n = 0; return ++$n; }; $f(); $f()", "0"),
                attempt("a constant", "define('LEAK', 1)", "defined('LEAK')"),
                attempt("a function declared late", "eval('function late() {}')", "function_exists('late')"),
                attempt("a class declared late", "eval('class Late {}')", "class_exists('Late')"),
                attempt("an alias of a class", "class_alias('ArrayObject', 'Alias')", "class_exists('Alias')"),
                attempt("$_SERVER", "$_SERVER['leak'] = 1", "$_SERVER['leak'] ?? null"),
                attempt(
                        "$_GET and $_POST",
                        "$_GET['leak'] = $_POST['leak'] = 1",
                        "[$_GET, $_POST, $_COOKIE, $_REQUEST, $_FILES]"),
                attempt("$_SESSION", "$_SESSION['leak'] = 1", "$_SESSION['leak'] ?? null"),
                attempt("$_ENV", "$_ENV['leak'] = 1", "$_ENV['leak'] ?? null"),
                attempt("ini_set", "ini_set('precision', '3')", "ini_get('precision')"),
                attempt("error_reporting", "error_reporting(0)", "error_reporting()"),
                attempt("an error handler", "set_error_handler(fn() => true)", "set_error_handler(null)"),
                attempt("an exception handler", "set_exception_handler(fn() => true)", "set_exception_handler(null)"),
                attempt("putenv", "putenv('LEAK=1')", "getenv('LEAK')"),
                attempt(
                        "TZ of the environment",
                        "putenv('TZ=Asia/Tokyo'); date_default_timezone_get()",
                        "strftime_hour()",
                        "function strftime_hour() { return date('H', 0); }"),
                attempt("the folder", "chdir(__DIR__ . '/lib')", "getcwd()"),
                attempt("the locale", "setlocale(LC_ALL, 'C.UTF-8')", "setlocale(LC_ALL, '0')"),
                attempt("the time zone", "date_default_timezone_set('Asia/Tokyo')", "date_default_timezone_get()"),
                attempt("the encoding", "mb_internal_encoding('ISO-8859-1')", "mb_internal_encoding()"),
                attempt("the substitute character", "mb_substitute_character(0x41)", "mb_substitute_character()"),
                attempt("the language", "mb_language('ja')", "mb_language()"),
                attempt("the order of encodings", "mb_detect_order('ASCII')", "mb_detect_order()"),
                attempt("umask", "umask(0)", "umask()"),
                attempt("an output buffer", "ob_start(fn($s) => 'leak')", "ob_get_level()"),
                attempt("implicit flush", "ob_implicit_flush(true)", "ob_get_status()"),
                attempt("a header", "header('X-Leak: 1')", "headers_list()"),
                attempt("a status", "http_response_code(404)", "http_response_code()"),
                attempt("an autoloader", "spl_autoload_register(fn($c) => 1)", "count(spl_autoload_functions())"),
                attempt(
                        "a stream wrapper",
                        "stream_wrapper_unregister('php')",
                        "in_array('php', stream_get_wrappers())"),
                attempt(
                        "a stream wrapper of its own",
                        "stream_wrapper_register('leak', 'W')",
                        "in_array('leak', stream_get_wrappers())",
                        "class W {}"),
                attempt(
                        "a stream filter",
                        "stream_filter_register('leak', 'F')",
                        "in_array('leak', stream_get_filters())",
                        "class F extends php_user_filter {}"),
                attempt(
                        "a default stream context",
                        "stream_context_set_default(['http' => ['header' => 'X-Leak: 1']])",
                        "stream_context_get_options(stream_context_get_default())"),
                attempt("the include path", "set_include_path('/leak')", "get_include_path()"),
                attempt(
                        "an included file",
                        "include 'lib/once.php'",
                        "count(get_included_files()) . function_exists('once')"),
                attempt("a file", "@file_put_contents(__DIR__ . '/leak', 'x')", "scandir(__DIR__)"),
                attempt(
                        "a temporary file",
                        "$GLOBALS['f'] = tmpfile(); fwrite($GLOBALS['f'], 'x')",
                        "@scandir('/tmp')"),
                attempt(
                        "the script's own file",
                        "@file_put_contents(__FILE__, '<?php return 666;')",
                        "md5_file(__FILE__)"),
                attempt(
                        "a changed library",
                        "@file_put_contents(__DIR__ . '/lib/once.php', '<?php')",
                        "md5_file(__DIR__ . '/lib/once.php')"),
                attempt("the collector", "gc_disable()", "gc_enabled()"),
                attempt("ignore_user_abort", "ignore_user_abort(true)", "ignore_user_abort()"),
                attempt("the last error", "@trigger_error('leak', E_USER_NOTICE)", "error_get_last()"),
                attempt("the last error of JSON", "json_decode('{')", "json_last_error()"),
                attempt("the last error of expressions", "@preg_match('/\\\\xff/u', \"\\xff\")", "preg_last_error()"),
                attempt("a tick function", "register_tick_function(fn() => 1)", "0"),
                attempt(
                        "a shutdown function",
                        "register_shutdown_function(function () { $GLOBALS['late'] = 1; })",
                        "$GLOBALS['late'] ?? null"),
                attempt(
                        "a destructor",
                        "$GLOBALS['d'] = new D",
                        "$GLOBALS['late'] ?? null",
                        "class D { function __destruct() { $GLOBALS['late'] = 1; } }"),
                attempt("platform", "$platform['leak'] = 1", "isset($platform['leak'])"),
                attempt("the event", "$event['more'] = 1", "isset($event['more'])"),
                attempt(
                        "the names of exceptions",
                        "(new ReflectionClass('DreamFactory\\\\Core\\\\Exceptions\\\\RestException'))->getName()",
                        "count(get_declared_classes())"),
                attempt("the memory", "$GLOBALS['m'] = str_repeat('x', 10000000)", "memory_get_usage() < 8000000"),
                attempt("an exit", "exit", "0"),
                attempt("an exception", "throw new Exception('x')", "0"),
                attempt("a fatal error", "trigger_error('x', E_USER_ERROR)", "0"));
    }

    private static Arguments attempt(String name, String leave, String look) {
        return attempt(name, leave, look, "");
    }

    private static Arguments attempt(String name, String leave, String look, String declared) {
        return Arguments.of(name, leave, look, declared);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void nothingIsLeft(String name, String leave, String look, String declared) {
        Phps php = new Phps(engine);
        Program program = php.program(
                declared + "\nif ($event['do'] == 'look') { return [getmypid(), " + look + "]; }\n" + leave + ";",
                Map.of("lib/once.php", "<?php function once() {}"));

        php.event = new LinkedHashMap<>(Map.of("do", "look"));
        List<?> before = (List<?>) completed(php.run(program)).value();
        php.event = new LinkedHashMap<>(Map.of("do", "leave"));
        php.run(program);
        php.event = new LinkedHashMap<>(Map.of("do", "look"));
        List<?> after = (List<?>) completed(php.run(program)).value();

        assertThat(after).as("what the next run sees, in the same process").isEqualTo(before);
        program.close();
    }

    @Test
    void chanceIsNotChosenByTheRunBefore() {
        Phps php = new Phps(engine);
        Program program = php.program("$seeded = mt_rand(); mt_srand(1); srand(1); return $seeded;");

        List<Object> seen = List.of(
                completed(php.run(program)).value(),
                completed(php.run(program)).value(),
                completed(php.run(program)).value());

        assertThat(seen.get(1)).isNotEqualTo(seen.get(2));
        program.close();
    }

    @Test
    void scriptsDoNotSeeEachOther() {
        Phps php = new Phps(engine);
        Program one = php.program("define('SECRET', 'x'); return [getmypid(), __DIR__];");
        Program other = php.program(
                "return [defined('SECRET'), @scandir(dirname(__DIR__)), @file_get_contents($event['dir'] . '/script.php')];");

        List<?> first = (List<?>) completed(php.run(one)).value();
        php.event = new LinkedHashMap<>(Map.of("dir", first.get(1)));

        assertThat(completed(php.run(other)).value()).isEqualTo(List.of(false, false, false));
        one.close();
        other.close();
    }
}
