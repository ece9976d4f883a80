# A worker: one process that runs one script, again and again, or compiles texts. Speaks frames over the pipes that it was
# started with: u32 length | kind | u32 run | body, the length counting what comes after it.
#
# From the server: S the script {name, text}; E a run, F a run in a fork: u32 length, event, platform; A the answer to a call:
# u32 length, what it is, its content; P a text to compile {name, text}.
# To the server: L lines printed [[level, text], ...]; C a call {...}; R the end of a run or of compiling.
#
# Arguments: the folder of installed packages or "-", and "own" when every process that this one sees is its own.
# The text of shield.py stands before this one.
import sys


def worker():
    import ast
    import atexit
    import builtins
    import gc
    import json
    import linecache
    import os
    import signal
    import struct
    import threading
    import time
    import types

    packages, own_processes = sys.argv[1], sys.argv[2] == 'own'
    sys.argv[:] = ['']
    shield = Shield()
    if own_processes:
        shield.raise_wall()
    shield.forget_tools()
    if packages != '-':
        import site
        site.addsitedir(packages)

    # ---- the pipes, out of the way of everything that reads 0 or writes to 1 and 2
    inward = os.dup(0)
    outward = os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    reader = os.fdopen(inward, 'rb', buffering=1 << 16)
    read, write, pack, unpack = reader.read, os.write, struct.Struct('>IcI').pack, struct.Struct('>IcI').unpack

    def receive():
        header = read(9)
        if len(header) < 9:
            os._exit(0)
        length, kind, run = unpack(header)
        return kind, run, read(length - 5)

    def send(kind, run, *body):
        written(pack(sum(map(len, body)) + 5, kind, run))
        for data in body:
            written(data)

    def written(data):
        data = memoryview(data)
        while data:
            data = data[write(outward, data):]

    # ---- data: maps with attributes
    class Munch(dict):
        """A dict whose keys are also attributes."""
        __slots__ = ()

        def __getattr__(self, name):
            try:
                return self[name]
            except KeyError:
                raise AttributeError(name) from None

        __setattr__ = dict.__setitem__

        def __delattr__(self, name):
            try:
                del self[name]
            except KeyError:
                raise AttributeError(name) from None

        def __repr__(self):
            return 'Munch(' + dict.__repr__(self) + ')'

        def __dir__(self):
            return list(self)

        def copy(self):
            return type(self)(self)

        def toDict(self):
            return unmunchify(self)

        toBunch = toDict

        @classmethod
        def fromDict(cls, value):
            return munchify(value)

    class Event(Munch):
        __slots__ = ()

        @property
        def _event(self):
            return self['_event'] if '_event' in self else self

        def setResponse(self, content, statusCode=200, contentType='application/json'):
            response = self.get('response')
            if not isinstance(response, dict):
                response = self['response'] = Munch()
            response.update(content=content, status_code=statusCode, content_type=contentType)

        def setRequest(self, request):
            if request:
                self['request'] = request

        def setReturn(self, content):
            current.returned = content

    def munchify(value):
        if isinstance(value, dict):
            return Munch((key, munchify(inner)) for key, inner in value.items())
        if isinstance(value, (list, tuple)):
            return type(value)(map(munchify, value)) if type(value) in (list, tuple) else value
        return value

    def unmunchify(value):
        if isinstance(value, dict):
            return {key: unmunchify(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(map(unmunchify, value)) if type(value) in (list, tuple) else value
        return value

    for name in ('munch', 'bunch'):
        module = types.ModuleType(name, 'Maps with attributes, as scripts know them.')
        module.Munch = module.Bunch = Munch
        module.munchify = module.bunchify = munchify
        module.unmunchify = module.unbunchify = unmunchify
        try:
            __import__(name)
        except ImportError:
            sys.modules[name] = module

    loads = json.JSONDecoder(object_hook=Munch).decode

    def plain(value):
        """What JSON has no form for, in the form that scripts mean by it."""
        kind = type(value)
        where = kind.__module__
        if where == 'datetime':
            return str(value) if kind.__name__ == 'timedelta' else value.isoformat()
        if where == 'decimal' and kind.__name__ == 'Decimal':
            if not value.is_finite():
                raise ValueError('Out of range float values are not JSON compliant')
            return {'\0decimal': str(value)}
        if where == 'uuid':
            return str(value)
        if isinstance(value, (set, frozenset, type({}.keys()), type({}.values()), type({}.items()))):
            return list(value)
        if isinstance(value, (bytes, bytearray)):
            return value.decode('utf-8')
        raise TypeError('a value of the type ' + kind.__name__)

    encode = json.JSONEncoder(separators=(',', ':'), allow_nan=False, check_circular=False, default=plain).encode

    def dumps(value):
        return encode(value).encode('ascii')

    class CannotSend(Exception):
        pass

    def data_of(value, what):
        try:
            return dumps(value)
        except RecursionError:
            reason = 'it contains itself or is nested too deeply'
        except UnicodeDecodeError:
            reason = 'it holds bytes that are no UTF-8 text; encode them first, for instance with base64'
        except ValueError as e:
            text = str(e)
            reason = 'it holds a number that JSON has no form for (NaN or infinity)' if 'Out of range' in text else text
        except TypeError as e:
            text = str(e)
            reason = text if text.startswith('keys must') else 'it holds ' + text + ', which has no form in JSON'
        raise CannotSend(what + ' cannot be sent: ' + reason + '.')

    # ---- one run
    class Current:
        __slots__ = ('run', 'returned', 'printed', 'size', 'left', 'flushed', 'platform')

    current = Current()
    current.run = 0
    LINES = 64 << 10

    class Out:
        """sys.stdout or sys.stderr of the script."""
        encoding = 'utf-8'
        errors = 'replace'
        newlines = None
        closed = False
        mode = 'w'

        def __init__(self, level):
            self.level = level
            self.name = '<' + level + '>'
            self.part = ''

        def write(self, text):
            if not isinstance(text, str):
                raise TypeError('write() argument must be str, not ' + type(text).__name__)
            length = len(text)
            if current.left <= 0:
                return length
            if '\n' not in text and len(self.part) < LINES:
                self.part += text[:LINES]
                return length
            lines = (self.part + text[:LINES * 2]).split('\n')
            self.part = lines.pop()
            for line in lines:
                self.line(line)
            now = monotonic()
            if current.size > 2048 or now - current.flushed > 0.05:
                hand_over(now)
            return length

        def line(self, line):
            if current.left > 0:
                line = line[:current.left]
                current.printed.append((self.level, line))
                current.size += len(line)
                current.left -= len(line) + 16
                if current.left <= 0:
                    current.printed.append(('warn', '(the console was cut here: a run can print 64 KB)'))

        def rest(self):
            if self.part:
                part, self.part = self.part, ''
                self.line(part)

        def writelines(self, lines):
            for line in lines:
                self.write(line)

        def flush(self):
            pass

        def isatty(self):
            return False

        def writable(self):
            return True

        def readable(self):
            return False

        seekable = readable

        def fileno(self):
            return 1

        def close(self):
            pass

    monotonic = time.monotonic
    out, err = Out('log'), Out('error')

    def hand_over(now):
        if current.printed:
            send(b'L', current.run, json_lines(current.printed))
        current.printed, current.size, current.flushed = [], 0, now

    def json_lines(lines):
        return json.dumps(lines).encode('ascii')

    # ---- platform
    PHRASES = {}

    def phrase(status):
        if not PHRASES:
            from http import HTTPStatus
            PHRASES.update((one.value, one.phrase) for one in HTTPStatus)
        return PHRASES.get(status, '')

    class Response(dict):
        """The answer of a call: read(), status, reason, getheader() as http.client has them; also a map with status_code,
        content_type, content and headers."""

        def __init__(self, about, body, is_text):
            dict.__init__(self, about)
            self.status = self.code = about['status_code']
            self.reason = self.msg = phrase(self.status)
            self.version = 11
            self.closed = False
            self._body, self._at, self._text = body, 0, is_text

        def __missing__(self, key):
            if key == 'content':
                content = self._body.decode('utf-8', 'surrogatepass') if self._text else loads(self._body.decode('ascii'))
                self['content'] = content
                return content
            raise KeyError(key)

        def get(self, key, default=None):
            return self[key] if key in self else default

        def __contains__(self, key):
            return key == 'content' or dict.__contains__(self, key)

        def _all(self):
            self['content']
            return self

        def keys(self):
            return dict.keys(self._all())

        def values(self):
            return dict.values(self._all())

        def items(self):
            return dict.items(self._all())

        def __iter__(self):
            return dict.__iter__(self._all())

        def __getattr__(self, name):
            try:
                return self[name]
            except KeyError:
                raise AttributeError(name) from None

        def read(self, amount=None):
            end = len(self._body) if amount is None or amount < 0 else min(len(self._body), self._at + amount)
            part, self._at = self._body[self._at:end], end
            return part

        def json(self):
            return self['content']

        @property
        def text(self):
            return self._body.decode('utf-8', 'replace')

        def getheader(self, name, default=None):
            name = name.lower()
            for known, value in self.getheaders():
                if known.lower() == name:
                    return value
            return default

        def getheaders(self):
            return [('Content-Type', self['content_type'])] + [
                (name, value) for name, value in self['headers'].items() if name.lower() != 'content-type']

        def info(self):
            return self['headers']

        def getcode(self):
            return self.status

        def geturl(self):
            return ''

        def isclosed(self):
            return self.closed

        def close(self):
            self.closed = True

        def __enter__(self):
            return self

        def __exit__(self, *ignored):
            self.close()

    def ask(request, what):
        body = data_of(request, what)
        hand_over(monotonic())
        send(b'C', current.run, body)
        while True:
            kind, run, answer = receive()
            if kind == b'A' and run == current.run:
                break
        length = struct.unpack_from('>I', answer)[0]
        about = json.loads(answer[4:4 + length].decode('ascii'))
        if 'error' in about:
            raise RuntimeError(about['error'])
        return about, answer[4 + length:]

    def is_options(value):
        return isinstance(value, dict) and ('headers' in value or 'parameters' in value)

    def call(method, path, payload=None, options=None):
        if not isinstance(path, str) or not path:
            raise TypeError("platform.api needs a path such as 'db/_table/contact' as text.")
        if isinstance(payload, (bytes, bytearray)):
            payload = payload.decode('utf-8')
        headers = parameters = None
        if is_options(options):
            headers, parameters = options.get('headers'), options.get('parameters')
        elif isinstance(options, dict):
            headers = options
        about, body = ask({'op': 'call', 'method': str(method).upper(), 'path': path, 'payload': None if payload == '' else payload,
                           'headers': headers or {}, 'parameters': parameters or {}}, 'The payload')
        is_text = about.pop('text')
        about['headers'] = Munch(about['headers'])
        return Response(about, body, is_text)

    class Api:
        __slots__ = ()

        def get(self, path, *more, payload=None, options=None):
            if len(more) > 1:
                payload, options = more[:2]
            elif more:
                options = more[0]
            return call('GET', path, payload, options)

        def post(self, path, payload='', options=''):
            return call('POST', path, payload, options)

        def put(self, path, payload='', options=''):
            return call('PUT', path, payload, options)

        def patch(self, path, payload='', options=''):
            return call('PATCH', path, payload, options)

        def delete(self, path, payload='', options=''):
            if options in ('', None) and is_options(payload):
                payload, options = '', payload
            return call('DELETE', path, payload, options)

        def call(self, method, path, payload='', options=''):
            return call(method, path, payload, options)

        def __getitem__(self, name):
            return getattr(self, name)

    class Store:
        __slots__ = ()

        def get(self, key, default=None):
            about, body = ask({'op': 'get', 'key': str(key)}, 'The key')
            return loads(body.decode('ascii')) if about['found'] else default

        def set(self, key, value, seconds=None):
            ask({'op': 'set', 'key': str(key), 'value': value, 'seconds': seconds}, 'The value for platform.store')

        def delete(self, key):
            return ask({'op': 'delete', 'key': str(key)}, 'The key')[0]['found']

        def __getitem__(self, name):
            return getattr(self, name)

    class Platform(Munch):
        """Its data are read when they are first asked for."""
        __slots__ = ()

        def __missing__(self, key):
            data, current.platform = current.platform, None
            if data is None:
                raise KeyError(key)
            for name, value in loads(data.decode('ascii')).items():
                self.setdefault(name, value)
            return self[key]

        def get(self, key, default=None):
            try:
                return self[key]
            except KeyError:
                return default

    # ---- the script
    class Refused(Exception):
        def __init__(self, message, line=0, column=0):
            Exception.__init__(self, message)
            self.line, self.column = line, column

    def clipped(line):
        line = line.strip()
        return line if len(line) <= 120 else line[:117] + '...'

    def line_of(text, number):
        lines = text.split('\n')
        return clipped(lines[number - 1]) if 0 < number <= len(lines) else ''

    def compiled(name, text):
        """The text as the body of a function, so that it can return; lines and columns stay as they are."""
        try:
            tree = ast.parse(text, name)
            first = 0
            while first < len(tree.body) and isinstance(tree.body[first], ast.ImportFrom) and (
                    tree.body[first].module == '__future__'):
                first += 1
            function = ast.parse('def __script__(event, platform): pass', name).body[0]
            function.body = tree.body[first:] or [ast.Pass()]
            module = ast.Module(tree.body[:first] + [function], [])
            code = compile(ast.fix_missing_locations(module), name, 'exec', dont_inherit=True)
        except SyntaxError as e:
            line = e.lineno or 0
            source = line_of(text, line)
            raise Refused(str(e.msg) + (': ' + source if source else ''), line, max(1, e.offset or 1) if line else 0)
        except (RecursionError, MemoryError):
            raise Refused('it is too large or nested too deeply')
        except ValueError as e:
            raise Refused(str(e))
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType) and constant.co_name == '__script__' and constant.co_flags & 0x2a0:
                raise Refused("'yield' or 'await' outside of a function")
        return code

    class Script:
        def __init__(self, name, text):
            self.name, self.text = name, text
            self.code = compiled(name, text)
            linecache.cache[name] = (len(text), None, text.splitlines(True), name)

    http_module = types.ModuleType('http')

    def http_attribute(name):
        __import__('http.client')
        return getattr(sys.modules['http'], name)

    http_module.__getattr__ = http_attribute

    def namespace(event):
        return {'__builtins__': builtins, '__name__': '__script__', '_event': event, 'json': json, 'http': http_module,
                'Munch': Munch, 'Bunch': Munch, 'munchify': munchify, 'unmunchify': unmunchify, 'bunchify': munchify,
                'unbunchify': unmunchify}

    def status_of(error):
        for name in ('status_code', 'status', 'code'):
            value = getattr(error, name, None)
            if type(value) is int and 400 <= value <= 599:
                return value
        return 500

    def place_of(error, script):
        if isinstance(error, SyntaxError) and error.filename != script.name and error.__traceback__ is None:
            return ''
        line = 0
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_filename == script.name:
                line = step.tb_lineno
            step = step.tb_next
        if not line:
            return ''
        return script.name + ' line ' + str(line) + ': ' + line_of(script.text, line)

    def threw(error, script):
        if isinstance(error, MemoryError):
            return {'memory': True}
        try:
            message = str(error)
        except BaseException:
            message = ''
        return {'status': status_of(error), 'message': message or type(error).__name__, 'where': place_of(error, script)}

    def parts(about, *values):
        about['lines'] = current.printed
        found = []
        for value in (json.dumps(about).encode('ascii'),) + values:
            found += struct.pack('>I', len(value)), value
        return found

    def perform(script, event_data, platform_data):
        """Runs the script once; the body of the frame R."""
        current.returned = None
        current.platform = platform_data
        error = None
        try:
            event = Event(loads(event_data.decode()))
            platform = Platform(api=Api(), store=Store())
            names = namespace(event)
            exec(script.code, names)
            returned = names['__script__'](event, platform)
            restore_builtins()
            if returned is None:
                returned = current.returned
        except SystemExit as e:
            restore_builtins()
            returned = None
            if e.code not in (None, 0):
                error = {'status': 500, 'message': str(e.code), 'where': place_of(e, script)}
        except BaseException as e:
            restore_builtins()
            error = threw(e, script)
            e.__traceback__ = None
        out.rest()
        err.rest()
        if error is not None:
            try:
                return parts({'error': error}, dumps(event))
            except BaseException:
                return parts({'error': error}, b'')
        try:
            result = data_of(returned, 'The value that the script returned')
            edited = data_of(event, 'The event')
        except CannotSend as e:
            return parts({'error': {'status': 500, 'message': str(e), 'where': ''}}, b'')
        except BaseException as e:
            # Code of the script, such as that of a subclass of dict, or a lack of memory.
            return parts({'error': threw(e, script)}, b'')
        return parts({'returned': returned is not None}, edited, result)

    def prepared(run):
        current.run, current.printed, current.size, current.left = run, [], 0, LINES
        current.flushed = monotonic()
        out.part = err.part = ''
        sys.stdout, sys.stderr, sys.stdin = out, err, no_input
        sys.setrecursionlimit(1000)
        os.umask(0o22)

    import io
    no_input = io.StringIO('')

    # ---- what a run left behind: put right where that is certain, else this process serves no other run
    TELLING = frozenset((
        'os.fork', 'os.forkpty', 'os.exec', 'os.posix_spawn', 'os.spawn', 'os.system', 'subprocess.Popen', 'pty.spawn',
        'os.chdir', 'os.chmod', 'os.mkdir', 'os.rename', 'os.link', 'os.symlink', 'os.truncate', 'shutil.copyfile',
        'ctypes.dlopen', 'ctypes.dlsym', 'ctypes.cdata', 'mmap.__new__', 'sys.settrace', 'sys.setprofile', 'sys.addaudithook',
        'resource.setrlimit', 'resource.prlimit', 'gc.get_objects', 'gc.get_referrers', 'signal.pthread_kill',
        'os.kill', 'os.killpg', 'os.remove', 'os.rmdir', 'os.setxattr', 'os.putenv', 'os.unsetenv'))
    WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    told = []
    watching = [False]

    def audit(event, args):
        if watching[0] and (event in TELLING or (event == 'open' and type(args[2]) is int and args[2] & WRITES)
                            or (event == 'import' and args[0] in ('ctypes', '_ctypes'))):
            told.append(event)

    def handlers():
        return [signal.getsignal(number) for number in SIGNALS]

    SIGNALS = [number for number in range(1, signal.NSIG) if number not in (signal.SIGKILL, signal.SIGSTOP)]
    clean = {}

    def remember():
        clean.update(builtins=dict(builtins.__dict__), environ=dict(os.environ), path=list(sys.path), handlers=handlers(),
                     exits=atexit._ncallbacks(), hook=sys.excepthook, display=sys.displayhook, meta=list(sys.meta_path),
                     hooks=list(sys.path_hooks), importing=builtins.__import__, switch=sys.getswitchinterval())

    builtin_names = builtins.__dict__

    def restore_builtins():
        # First of all after a script, and itself without any of them.
        if builtin_names != clean['builtins']:
            builtin_names.clear()
            builtin_names.update(clean['builtins'])

    def is_clean():
        if told or len(sys._current_frames()) > 1 or atexit._ncallbacks() != clean['exits']:
            return False
        if os.environ != clean['environ'] or sys.getswitchinterval() != clean['switch']:
            return False
        sys.path[:], sys.meta_path[:], sys.path_hooks[:] = clean['path'], clean['meta'], clean['hooks']
        sys.excepthook, sys.displayhook = clean['hook'], clean['display']
        for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            if signal.getitimer(timer)[0]:
                return False
        gc.enable()
        return clean['handlers'] == handlers() and not sys.gettrace() and not sys.getprofile()

    def reaped():
        try:
            while True:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    return
        except ChildProcessError:
            return

    def forked(run, script, event_data, platform_data):
        """A run in a copy of this process. The copy speaks to the server through this one, so that it cannot read what comes for
        the next run; it ends with its answer, and with it what it started. It has the same user, which can reach into a process
        unless that one is out of reach; one that cannot be serves no other run."""
        out_of_reach = shield.is_out_of_reach(True)
        down, up = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            try:
                shield.is_out_of_reach(False)
                os.dup2(down[0], inward, inheritable=False)
                os.dup2(up[1], outward, inheritable=False)
                for end in *down, *up:
                    os.close(end)
                send(b'R', run, b'\0' if out_of_reach else b'\1', *perform(script, event_data, platform_data))
            finally:
                os._exit(1)
        os.close(down[0])
        os.close(up[1])
        answered = relayed(up[0], down[1])
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if own_processes:
            try:
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                pass
            reaped()
            sweep()
            shield.is_out_of_reach(False)
        if not answered or not out_of_reach:
            # What was sent of the answer is unknown. The server sees the end of the run in the end of this process.
            os._exit(70)

    def relayed(up, down):
        """Passes on what the copy says and what it is answered, until it has said the end of its run; false when it has not."""
        try:
            with os.fdopen(up, 'rb', buffering=1 << 16) as said, os.fdopen(down, 'wb', buffering=0) as answers:
                while True:
                    kind = passed_on(said)
                    if kind is None or kind == b'R':
                        return kind is not None
                    if kind == b'C':
                        kind, number, answer = receive()
                        answers.write(pack(len(answer) + 5, kind, number) + answer)
        except OSError:
            # It is gone.
            return False

    def passed_on(said):
        """The kind of the message that was passed on whole."""
        header = said.read(9)
        if len(header) < 9:
            return None
        length, kind, _ = unpack(header)
        written(header)
        rest = length - 5
        while rest > 0:
            part = said.read(min(rest, 1 << 16))
            if not part:
                return None
            written(part)
            rest -= len(part)
        return kind

    def sweep():
        """Empties the temporary folder, the only place that the copy could write to. Where it cannot, this process ends."""
        try:
            emptied('/tmp')
        except (OSError, RecursionError):
            os._exit(70)

    def emptied(folder):
        if folder != '/tmp':
            os.chmod(folder, 0o700)
        with os.scandir(folder) as entries:
            for entry in list(entries):
                if entry.is_dir(follow_symlinks=False):
                    emptied(entry.path)
                    os.rmdir(entry.path)
                else:
                    os.unlink(entry.path)

    def compiling(run, request):
        try:
            compiled(request['name'], request['text'])
            answer = {}
        except Refused as e:
            answer = {'message': str(e), 'line': e.line, 'column': e.column}
        send(b'R', run, json.dumps(answer).encode('ascii'))

    def loop():
        script = None
        sys.addaudithook(audit)
        import warnings
        warnings.simplefilter('ignore')
        if own_processes:
            os.chdir('/tmp')
        gc.collect()
        gc.freeze()
        remember()
        while True:
            kind, run, body = receive()
            if kind == b'S':
                request = json.loads(body.decode('ascii'))
                script = Script(request['name'], request['text'])
            elif kind == b'P':
                compiling(run, json.loads(body.decode('ascii')))
            else:
                length = struct.unpack_from('>I', body)[0]
                event_data, platform_data = body[4:4 + length], body[4 + length:]
                prepared(run)
                if kind == b'F':
                    forked(run, script, event_data, platform_data)
                else:
                    watching[0] = True
                    answer = perform(script, event_data, platform_data)
                    watching[0] = False
                    send(b'R', run, b'\0' if is_clean() else b'\1', *answer)

    loop()


worker()
