package io.sluice.engine.php;

import java.util.List;

/**
 * Scripts that mean harm, with how each must end.
 *
 * @param name with the number of the fault that it stands for
 */
record HostilePhp(String name, End end, String text) {
    enum End {
        TIME,
        MEMORY,
        OUTPUT,
        /** Stopped by one limit or the other, whichever is reached first. */
        STOPPED,
        /** An error of its own. */
        THREW,
        /** It ran to its end and returned what it got hold of: {@code denied}. */
        DENIED,
        /** However it likes, as long as it ends. */
        ENDS
    }

    @Override
    public String toString() {
        return name;
    }

    private static HostilePhp time(String name, String text) {
        return new HostilePhp("F32 " + name, End.TIME, text);
    }

    private static HostilePhp memory(String name, String text) {
        return new HostilePhp("F33 " + name, End.MEMORY, text);
    }

    private static HostilePhp of(String name, End end, String text) {
        return new HostilePhp(name, end, text);
    }

    private static HostilePhp denied(String name, String text) {
        return new HostilePhp(name, End.DENIED, text);
    }

    private static HostilePhp threw(String name, String text) {
        return new HostilePhp(name, End.THREW, text);
    }

    private static final List<HostilePhp> LOOPS = List.of(
            time("while", "while (true) {}"),
            time("for", "for (;;);"),
            time("do", "do { $x = 1; } while (true);"),
            time("goto", "a: goto a;"),
            time("in a function", "function f() { while (true); } f();"),
            time("in a catch", "try { throw new Exception; } catch (Exception $e) { while (true); }"),
            time("in a finally", "try { return 1; } finally { while (true); }"),
            time("that catches all", "while (true) { try { while (true); } catch (Throwable $e) {} }"),
            time("in a destructor", "class D { function __destruct() { while (true); } } $d = new D; unset($d);"),
            time(
                    "in a destructor at the end",
                    "class D { function __destruct() { while (true); } } $GLOBALS['d'] = new D; return 1;"),
            time("in a shutdown function", "register_shutdown_function(function () { while (true); }); return 1;"),
            time(
                    "in a shutdown function after exit",
                    "register_shutdown_function(function () { while (true); }); exit;"),
            of(
                    "F32 in shutdown functions without end",
                    End.ENDS,
                    "function f() { register_shutdown_function('f'); } f();"),
            time("in an output buffer", "ob_start(function ($s) { while (true); }); echo 'x';"),
            time("in an error handler", "set_error_handler(function () { while (true); }); echo $none;"),
            time("in a conversion to text", "class T { function __toString(): string { while (true); } } echo new T;"),
            time(
                    "in a conversion to JSON",
                    "class J implements JsonSerializable { function jsonSerialize(): mixed { while (true); } } return new J;"),
            time("in a getter", "class G { function __get($n) { while (true); } } (new G)->x;"),
            time("in an autoloader", "spl_autoload_register(function ($c) { while (true); }); new None;"),
            time("in a generator", "function g() { while (true) yield 1; } foreach (g() as $x);"),
            time("in an iterator", "foreach (new InfiniteIterator(new ArrayIterator([1])) as $x);"),
            time("in a callback", "array_map(function ($x) { while (true); }, [1]);"),
            time("in a comparison", "$a = [3, 2, 1]; usort($a, function ($x, $y) { while (true); });"),
            time(
                    "in a tick",
                    "declare(ticks=1); register_tick_function(function () { while (true); }); $x = 1; $y = 2;"),
            time("in eval", "eval('while (true);');"),
            time("in a fiber", "(new Fiber(function () { while (true); }))->start();"),
            time(
                    "without a limit",
                    "set_time_limit(0); ini_set('max_execution_time', '0'); ignore_user_abort(true); while (true);"),
            time("of hashes", "$x = 'x'; while (true) $x = md5($x);"),
            time("in one call: pbkdf2", "hash_pbkdf2('sha512', 'a', 'b', 2000000000);"),
            time("in one call: bcrypt", "password_hash('x', PASSWORD_BCRYPT, ['cost' => 31]);"),
            time("in one call: similar_text", "$a = str_repeat('ab', 200000); similar_text($a, strrev($a) . 'x');"),
            time("of regular expressions", "while (true) preg_match('/(a+)+$/', str_repeat('a', 30) . 'b');"),
            time(
                    "of one regular expression",
                    "ini_set('pcre.backtrack_limit', '2000000000'); ini_set('pcre.jit', '0');"
                            + " while (true) preg_match('/^(a|a?)+$/', str_repeat('a', 40) . 'b');"),
            time("sleep", "sleep(60);"),
            time("usleep", "while (true) usleep(1000000);"),
            time("time_nanosleep", "time_nanosleep(60, 0);"),
            time("time_sleep_until", "time_sleep_until(microtime(true) + 60);"),
            time("sleep in a shutdown function", "register_shutdown_function(fn() => sleep(60)); return 1;"),
            time("reading the connection", "return file_get_contents('php://input');"),
            of("F32 one regular expression", End.ENDS, "return preg_match('/(a+)+$/', str_repeat('a', 100000) . 'b');"),
            of(
                    "F32 a giant sort",
                    End.STOPPED,
                    "$a = []; for ($i = 0; $i < 100000000; $i++) $a[] = mt_rand(); sort($a);"));

    private static final List<HostilePhp> BOMBS = List.of(
            memory("one text", "return strlen(str_repeat('x', 1 << 30));"),
            memory("many texts", "$a = []; while (true) $a[] = str_repeat('x', 1000);"),
            memory("a text that doubles", "$s = 'x'; while (true) $s .= $s;"),
            memory("range", "range(1, 100000000);"),
            memory("array_fill", "array_fill(0, 100000000, 1);"),
            memory("SplFixedArray", "new SplFixedArray(100000000);"),
            memory("str_pad", "str_pad('x', 1 << 30);"),
            memory("implode", "implode(str_repeat('x', 1000000), range(1, 1000));"),
            of(
                    "F33 objects in a chain",
                    End.ENDS,
                    "$o = null; while (true) { $n = new stdClass; $n->o = $o; $o = $n; }"),
            memory(
                    "an unpacked bomb",
                    "$z = gzcompress(str_repeat('x', 20000000)); $s = gzuncompress($z); while (true) $s .= gzuncompress($z);"),
            memory(
                    "without a limit",
                    "ini_set('memory_limit', '-1'); $a = []; while (true) $a[] = str_repeat('x', 100000);"),
            memory(
                    "a stream in memory",
                    "$f = fopen('php://memory', 'w+'); while (true) fwrite($f, str_repeat('x', 1000000));"),
            memory(
                    "that catches all",
                    "try { $a = []; while (true) $a[] = str_repeat('x', 1000); } catch (Throwable $e) { return 1; }"),
            memory("in a shutdown function", "register_shutdown_function(fn() => 1); $s = 'x'; while (true) $s .= $s;"),
            memory("closures", "$f = fn() => 1; while (true) $f = fn() => $f();"),
            of(
                    "F33 argon2",
                    End.STOPPED,
                    "while (true) sodium_crypto_pwhash(32, 'x', str_repeat('s', 16), 4, 1 << 30);"),
            of(
                    "F33 a temporary stream",
                    End.ENDS,
                    "$f = fopen('php://temp', 'w+'); for ($i = 0; $i < 2000; $i++) fwrite($f, str_repeat('x', 100000));"),
            of(
                    "F33 a temporary file",
                    End.ENDS,
                    "$f = tmpfile(); for ($i = 0; $i < 2000; $i++) fwrite($f, str_repeat('x', 100000));"),
            of(
                    "F33 temporary files without end",
                    End.ENDS,
                    "$a = []; while (true) { $f = tmpfile(); if (!$f) break; $a[] = $f; }"),
            of("F33 unserialize", End.ENDS, "return @unserialize('a:1000000000:{');"),
            of(
                    "F33 event too large",
                    End.STOPPED,
                    "$event['x'] = str_repeat('\\n', 20000000); $event['y'] = [$event['x'], $event['x'] . 'a', $event['x'] . 'b'];"),
            memory("F34 recursion", "function f($n) { return f($n + 1) + 1; } f(0);"),
            of(
                    "F34 recursion through PHP's own functions",
                    End.ENDS,
                    "function f($x) { return array_map('f', [$x]); } f(1);"),
            of(
                    "F34 recursion of conversions",
                    End.ENDS,
                    "class T { function __toString(): string { return '' . $this; } } echo new T;"),
            of(
                    "F34 recursion of comparisons",
                    End.ENDS,
                    "$a = []; $a[0] = &$a; $b = []; $b[0] = &$b; return $a == $b;"),
            of(
                    "F34 deep JSON",
                    End.ENDS,
                    "return json_decode(str_repeat('[', 1000000) . str_repeat(']', 1000000), true, 2000000);"),
            threw("F34 a deep result", "$a = 1; for ($i = 0; $i < 100000; $i++) $a = [$a]; return $a;"),
            of(
                    "F34 deep destruction",
                    End.ENDS,
                    "$o = null; for ($i = 0; $i < 200000; $i++) { $n = new stdClass; $n->o = $o; $o = $n; } $o = null; return 1;"));

    private static final List<HostilePhp> FLOODS = List.of(
            of("F40 echo", End.OUTPUT, "while (true) echo str_repeat('x', 100000);"),
            of("F40 echo in small pieces", End.STOPPED, "while (true) echo 'x';"),
            of("F40 error_log", End.TIME, "while (true) error_log('flood');"),
            of("F40 warnings", End.TIME, "while (true) echo $none;"),
            of("F40 var_dump", End.STOPPED, "$a = range(1, 1000); while (true) var_dump($a);"),
            of("F40 buffers in buffers", End.ENDS, "while (true) ob_start();"),
            of("F40 headers", End.STOPPED, "for ($i = 0;; $i++) header('X-' . $i . ': ' . str_repeat('x', 1000));"),
            of("F40 headers with line feeds", End.ENDS, "header(\"X: a\\r\\nY: b\"); return 1;"),
            of(
                    "F40 output at the end",
                    End.STOPPED,
                    "register_shutdown_function(function () { while (true) echo str_repeat('x', 100000); }); return 1;"),
            of("F40 a forged message", End.ENDS, "error_log(getenv('SLUICE_TOKEN') . '.R{', 4); return 1;"),
            of(
                    "F40 a message without end",
                    End.STOPPED,
                    "while (true) error_log(getenv('SLUICE_TOKEN') . '+' . str_repeat('x', 900), 4);"),
            of("F40 messages of no kind", End.ENDS, "while (true) error_log(getenv('SLUICE_TOKEN') . \".Q{}\\n\", 4);"),
            of(
                    "F40 forged changes",
                    End.ENDS,
                    "error_log(getenv('SLUICE_TOKEN') . \".R{\\\"changes\\\":[[],[\\\"none\\\",[[],[],[]]],[]]}\\n\", 4); return 1;"));

    private static final List<HostilePhp> ESCAPES = List.of(
            threw("exec", "exec('id', $o); return $o;"),
            threw("shell_exec", "return shell_exec('id');"),
            threw("backticks", "return `id`;"),
            threw("system", "system('id');"),
            threw("passthru", "passthru('id');"),
            threw("popen", "popen('id', 'r');"),
            threw("proc_open", "proc_open('id', [], $p);"),
            threw("pcntl_fork", "while (true) pcntl_fork();"),
            threw("pcntl_exec", "pcntl_exec('/bin/sh');"),
            threw("posix_kill", "posix_kill(posix_getppid(), 9);"),
            threw("dl", "dl('ffi.so');"),
            threw("FFI", "return FFI::cdef('int system(const char *c);')->system('id');"),
            threw("mail", "mail('a@example.com', 'x', 'y', '', '-X/tmp/x');"),
            threw("eval of exec", "eval('exec(\"id\");');"),
            threw("exec by a variable name", "$f = 'ex' . 'ec'; $f('id');"),
            threw("exec by reflection", "(new ReflectionFunction('exec'))->invoke('id');"),
            threw("exec by a callback", "array_map('exec', ['id']);"),
            threw("phpinfo", "phpinfo();"),
            threw("fastcgi_finish_request", "fastcgi_finish_request(); while (true);"),
            threw("opcache_reset", "opcache_reset();"),
            threw("fsockopen to the server", "fsockopen('127.0.0.1', 80);"),
            threw("stream_socket_client", "stream_socket_client('unix://' . dirname(__DIR__) . '/run1/s');"),
            threw("socket_create", "socket_create(AF_INET, SOCK_STREAM, 0);"),
            threw("gethostbyname", "gethostbyname('example.com');"),
            threw("curl", "curl_init('http://127.0.0.1/');"),
            threw("ftp", "ftp_connect('127.0.0.1');"),
            threw("shared memory", "shmop_open(1, 'c', 0644, 100);"),
            threw("shared memory of System V", "shm_attach(1, 1000);"),
            threw("a semaphore", "sem_get(1);"),
            threw("a message queue", "msg_get_queue(1);"),
            threw("a symbolic link", "symlink('/etc', __DIR__ . '/l');"),
            threw("include of another file", "include '/etc/passwd'; return root();"),
            threw("include of an address", "include 'http://127.0.0.1/x.php'; return x();"),
            threw("include of data", "include 'data:text/plain,<?php function x() { return 1; }'; return x();"),
            denied("file_get_contents", "return @file_get_contents('/etc/passwd') === false ? 'denied' : 'leak';"),
            denied("an address", "return @file_get_contents('http://127.0.0.1/') === false ? 'denied' : 'leak';"),
            denied(
                    "php://filter",
                    "return @file_get_contents('php://filter/read=convert.base64-encode/resource=/etc/passwd') === false ? 'denied' : 'leak';"),
            denied(
                    "compress.zlib",
                    "return @file_get_contents('compress.zlib:///etc/passwd') === false ? 'denied' : 'leak';"),
            denied("phar", "return @file_get_contents('phar:///usr/share/x.phar/x') === false ? 'denied' : 'leak';"),
            denied("glob", "return @glob('/*') || @scandir('/') || @scandir('/usr') ? 'leak' : 'denied';"),
            denied(
                    "the glob stream",
                    "try { $a = iterator_to_array(new DirectoryIterator('glob:///usr/*')); return $a ? 'leak' : 'denied'; } catch (Throwable $e) { return 'denied'; }"),
            denied(
                    "SplFileObject",
                    "try { new SplFileObject('/etc/passwd'); return 'leak'; } catch (RuntimeException $e) { return 'denied'; }"),
            denied(
                    "the process's memory",
                    "return @file_get_contents('/proc/self/environ') === false && @fopen('/proc/self/mem', 'r+') === false && @file_get_contents('/proc/1/cmdline') === false ? 'denied' : 'leak';"),
            denied("open_basedir", "@ini_set('open_basedir', '/'); return @file_exists('/usr') ? 'leak' : 'denied';"),
            denied(
                    "open_basedir upwards",
                    "@mkdir('x'); @chdir('x'); @ini_set('open_basedir', '..'); for ($i = 0; $i < 9; $i++) @chdir('..'); return @file_exists('usr') ? 'leak' : 'denied';"),
            denied(
                    "disable_functions",
                    "@ini_set('disable_functions', ''); return function_exists('exec') ? 'leak' : 'denied';"),
            denied(
                    "writing a file",
                    "return @file_put_contents(__DIR__ . '/x.php', 'x') || @touch(__DIR__ . '/x') || @mkdir(__DIR__ . '/d') ? 'leak' : 'denied';"),
            denied(
                    "writing the script",
                    "return @file_put_contents(__FILE__, 'x') || @unlink(__FILE__) || @rename(__FILE__, __FILE__ . 'x') || @chmod(__FILE__, 0777) ? 'leak' : 'denied';"),
            denied("writing a log", "return @error_log('x', 3, '/tmp/x') ? 'leak' : 'denied';"),
            denied(
                    "error_log of the ini",
                    "@ini_set('error_log', '/tmp/x'); error_log('x'); return @file_exists('/tmp/x') ? 'leak' : 'denied';"),
            denied(
                    "the environment",
                    "return str_contains(json_encode(getenv()) . json_encode($_SERVER), 'PATH_TO') ? 'leak' : 'denied';"),
            denied(
                    "auto_prepend_file",
                    "@ini_set('auto_prepend_file', '/etc/passwd'); return ini_get('auto_prepend_file') ? 'leak' : 'denied';"),
            denied(
                    "LD_PRELOAD",
                    "putenv('LD_PRELOAD=/tmp/x.so'); return function_exists('mail') || function_exists('error_log') && @error_log('x', 1, 'a@b') ? 'leak' : 'denied';"),
            of("objects made of text", End.ENDS, "return @unserialize('O:13:\"SplFileObject\":0:{}');"),
            of("exit in the middle", End.ENDS, "exit(255);"),
            of("the end of the bootstrap", End.ENDS, "Sluice\\Ending::told(); exit;"),
            of("the way out taken away", End.ENDS, "stream_wrapper_unregister('php'); return 1;"),
            of(
                    "the channel closed",
                    End.ENDS,
                    "foreach (get_resources() as $r) { @fclose($r); } return $platform['api']->get('db');"),
            of(
                    "the channel read",
                    End.ENDS,
                    "foreach (get_resources('stream') as $r) { stream_set_blocking($r, false); @fread($r, 10); } return 1;"));

    static List<HostilePhp> all() {
        return java.util.stream.Stream.of(LOOPS, BOMBS, FLOODS, ESCAPES)
                .flatMap(List::stream)
                .toList();
    }
}
