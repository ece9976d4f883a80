package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that one run does is seen by the next run of the same script, nor by another script. */
class F35_PythonIsolationTest {
    private final Py py = new Py();

    /** Runs the first half, then the second, which answers what it sees. */
    private Object second(String leave, String look, boolean strict) {
        String text = "import os, sys\nif event.request.first:\n    " + leave.replace("\n", "\n    ")
                + "\n    return 'left'\n" + look;
        py.strict = strict;
        try (Program program = py.program(text)) {
            py.event.put("request", new LinkedHashMap<>(Map.of("first", true)));
            assertThat(program.run(py.invocation()).outcome()).isEqualTo(new Outcome.Completed(true, "left"));
            py.event.put("request", new LinkedHashMap<>(Map.of("first", false)));
            Run run = program.run(py.invocation());
            assertThat(run.outcome()).as("%s", run).isInstanceOf(Outcome.Completed.class);
            return ((Outcome.Completed) run.outcome()).value();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "globals()['leak'] = 1 | return 'leak' in globals()",
                "global leak; leak = 1 | return 'leak' in globals()",
                "import builtins; builtins.leak = 1 | import builtins; return hasattr(builtins, 'leak')",
                "import builtins; builtins.len = None | return len is None",
                "__builtins__.print = 5 | return print == 5",
                "import builtins; del builtins.dict | return 'dict' not in dir(__builtins__)",
                "os.environ['LEAK'] = '1' | return 'LEAK' in os.environ",
                "os.putenv('LEAK', '1') | return 'LEAK' in __import__('subprocess').getoutput('env')",
                "os.unsetenv('PATH'); del os.environ['HOME'] | return 'HOME' not in os.environ",
                "open('leak', 'w').write('x') | return os.path.exists('leak')",
                "os.close(os.open('/tmp/leak', os.O_CREAT)) | return os.path.exists('/tmp/leak')",
                "os.mkdir('leak') | return os.path.exists('leak')",
                "os.mkdir('/tmp/a'); open('/tmp/a/s', 'w').write('x'); os.chmod('/tmp/a', 0) | return os.path.exists('/tmp/a')",
                "import tempfile; tempfile.mkstemp() | return len(os.listdir('/tmp')) > 0",
                "os.chdir('/') | return os.getcwd() == '/'",
                "os.umask(0) | m = os.umask(0o22); return m == 0",
                "import signal; signal.signal(signal.SIGUSR1, lambda *a: 1) | import signal; return signal.getsignal(signal.SIGUSR1) is not signal.SIG_DFL",
                "import signal; signal.setitimer(signal.ITIMER_REAL, 1000) | import signal; return signal.getitimer(signal.ITIMER_REAL)[0] > 0",
                "import signal; signal.alarm(100) | import signal; return signal.alarm(0) > 0",
                "import threading, time; threading.Thread(target=time.sleep, args=(1000,), daemon=True).start() | import threading; return threading.active_count() > 1",
                "import _thread, time; _thread.start_new_thread(time.sleep, (1000,)) | return len(sys._current_frames()) > 1",
                "import atexit; atexit.register(print) | import atexit; return atexit._ncallbacks() > 1",
                "sys.setrecursionlimit(5000) | return sys.getrecursionlimit() > 1000",
                "sys.path.insert(0, '/leak') | return '/leak' in sys.path",
                "sys.meta_path.insert(0, 5) | return 5 in sys.meta_path",
                "sys.stdout = None | return sys.stdout is None",
                "sys.stderr.part = 'leak' | return sys.stderr.part == 'leak'",
                "sys.excepthook = 5 | return sys.excepthook == 5",
                "sys.setswitchinterval(1) | return sys.getswitchinterval() == 1",
                "sys.settrace(lambda *a: None) | return sys.gettrace() is not None",
                "sys.setprofile(lambda *a: None) | return sys.getprofile() is not None",
                "import gc; gc.disable() | import gc; return not gc.isenabled()",
                "import subprocess; subprocess.Popen(['sleep', '1000']) | return any(b'sleep' in open('/proc/' + p + '/cmdline', 'rb').read() for p in os.listdir('/proc') if p.isdigit() and os.path.exists('/proc/' + p + '/cmdline'))",
                "os.system('(setsid sleep 1000 &) &') | return any(b'sleep' in open('/proc/' + p + '/cmdline', 'rb').read() for p in os.listdir('/proc') if p.isdigit() and os.path.exists('/proc/' + p + '/cmdline'))",
                "os.dup(1) | return len(os.listdir('/proc/self/fd')) > 20",
                "event['leak'] = platform['leak'] = 1; del event['leak'] | return 'leak' in event or 'leak' in platform",
                "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (30, 30)) | import resource; return resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 30",
                "import ctypes; ctypes.CDLL(None).shmget(4711, 1000, 0o1600) | return __import__('ctypes').CDLL(None).shmget(4711, 1000, 0) >= 0",
                "os.system('ipcmk -M 1000') | return len(open('/proc/sysvipc/shm').readlines()) > 1",
                "import json; json.leak = 1; import ctypes | import json; return hasattr(json, 'leak')",
                "import ctypes; ctypes.CDLL(None).setenv(b'LEAK', b'1', 1) | return 'LEAK' in __import__('subprocess').getoutput('env')",
            })
    void whatIsLeftIsNotSeen(String leave, String look) {
        assertThat(second(leave, look, false)).as("auto").isEqualTo(false);
        assertThat(second(leave, look, true)).as("strict").isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "json.leak = 1 | return hasattr(json, 'leak')",
                "json.loads = None | return json.loads is None",
                "sys.modules['leak'] = sys | return 'leak' in sys.modules",
                "import math; math.pi = 3 | import math; return math.pi == 3",
                "type(event).leak = 1 | return hasattr(type(event), 'leak')",
                "import random; random.seed(1) | import random; return random.random() == 0.13436424411240122",
                "import decimal; decimal.getcontext().prec = 3 | import decimal; return decimal.getcontext().prec == 3",
            })
    void strictRunsSeeNoStateOfModulesEither(String leave, String look) {
        assertThat(second(leave, look, true)).isEqualTo(false);
    }

    /** It knows the pipes and the messages, and answers in the name of the next run. */
    @Test
    void aStrictRunThatGoesOnAfterItsAnswerIsNotHeard() {
        String forged = """
                import struct, time
                def say(run, value):
                    about = b'{"returned": true}'
                    body = b'\\0' + struct.pack('>I', len(about)) + about + struct.pack('>I', 0)
                    body += struct.pack('>I', len(value)) + value
                    for fd in range(3, 20):
                        try:
                            os.write(fd, struct.pack('>IcI', len(body) + 5, b'R', run) + body)
                        except OSError:
                            pass
                say(1, b'"left"')
                while True:
                    say(2, b'"forged"')
                """;
        assertThat(second(forged, "return 'its own'", true)).isEqualTo("its own");
    }

    /** What the worker itself needed it for is done by then. */
    @Test
    void noScriptFindsToolsOfTheWorker() {
        assertThat(py.value("import sys; return [name for name in sys.modules if 'ctypes' in name]"))
                .isEqualTo(List.of());
    }

    @Test
    void otherScriptsSeeNothingAtAll() {
        Program one = py.program("import json\njson.leak = 1\nreturn __import__('os').getpid()");
        py.run(one);
        assertThat(py.value("return hasattr(json, 'leak')")).isEqualTo(false);
        one.close();
    }

    @Test
    void aWorkerServesManyRunsOfItsScript() {
        Program program =
                py.program("import time\nreturn time.process_time() > 0 and __import__('sys').modules['time'].__dict__"
                        + ".setdefault('began', time.monotonic())");
        Object first = ((Outcome.Completed) py.run(program).outcome()).value();
        for (int i = 0; i < 20; i++) {
            assertThat(((Outcome.Completed) py.run(program).outcome()).value()).isEqualTo(first);
        }
        program.close();
    }

    @Test
    void whatAThreadPrintsLaterIsNotTakenForTheResultOfTheNextRun() {
        try (Program program = py.program("""
                import threading, os, struct, time
                def forge():
                    time.sleep(0.05)
                    for fd in range(3, 20):
                        for run in range(1, 9):
                            body = b'\\0' + struct.pack('>I', 2) + b'{}' + struct.pack('>I', 0)
                            try: os.write(fd, struct.pack('>IcI', len(body) + 5, b'R', run) + body)
                            except OSError: pass
                threading.Thread(target=forge, daemon=True).start()
                return event.n
                """)) {
            for (int i = 0; i < 5; i++) {
                py.event.put("n", i);
                assertThat(py.run(program).outcome()).isEqualTo(new Outcome.Completed(true, i));
            }
        }
    }
}
