<?php
// The entry of each run of a PHP script: reads the event, runs the script's file, sends back what it changed.
//
// From the server, on standard input: u32 length | JSON. To the server, beside the script's output: messages cut into pieces,
// each written as TOKEN, '+' (more follows) or '.' (the last), the piece, and a line feed; the first letter of a message is its
// kind: C a call of platform.api, S one of platform.store, P asks for a part of platform, R the result, E an exception, F an error that ended the script, K the
// syntax is right. php-fpm cuts what it is given to log at 1 KB, hence the pieces.

namespace DreamFactory\Core\Exceptions {
    class DfException extends \Exception
    {
        protected $context;

        public function __construct($message = null, $code = null, $previous = null, $context = null)
        {
            parent::__construct((string) $message, (int) ($code ?? 0), $previous);
            $this->context = $context;
        }

        public function getContext()
        {
            return $this->context;
        }

        public function setContext($context)
        {
            $this->context = $context;
        }
    }

    class RestException extends DfException
    {
        protected $statusCode;

        public function __construct($status, $message = null, $code = null, $previous = null, $context = null)
        {
            $this->statusCode = (int) $status;
            parent::__construct($message, $code ?? $status, $previous, $context);
        }

        public function getStatusCode()
        {
            return $this->statusCode;
        }
    }

    class StatusException extends RestException
    {
        const STATUS = 500;

        public function __construct($message = null, $code = null, $previous = null, $context = null)
        {
            parent::__construct(static::STATUS, $message, $code, $previous, $context);
        }
    }

    class BadRequestException extends StatusException { const STATUS = 400; }
    class BatchException extends StatusException { const STATUS = 400; }
    class InvalidJsonException extends StatusException { const STATUS = 400; }
    class UnauthorizedException extends StatusException { const STATUS = 401; }
    class ForbiddenException extends StatusException { const STATUS = 403; }
    class NotFoundException extends StatusException { const STATUS = 404; }
    class ConflictException extends StatusException { const STATUS = 409; }
    class ConflictResourceException extends StatusException { const STATUS = 409; }
    class TooManyRequestsException extends StatusException { const STATUS = 429; }
    class InternalServerErrorException extends StatusException { const STATUS = 500; }
    class NotImplementedException extends StatusException { const STATUS = 501; }
    class ServiceUnavailableException extends StatusException { const STATUS = 503; }
}

namespace Sluice {
    /** What a script's file returns when the script itself returns nothing. */
    const NOTHING = "\0nothing";

    const JSON = \JSON_UNESCAPED_SLASHES | \JSON_UNESCAPED_UNICODE | \JSON_INVALID_UTF8_SUBSTITUTE;
    const DEPTH = 512;

    /** The way to the server and back. */
    final class Channel
    {
        const PIECE = 900;

        private static $token;
        private static $in;
        private static $out;

        /** Answers what to do and with which file. */
        public static function open(): array
        {
            $cli = \PHP_SAPI === 'cli';
            self::$in = \fopen($cli ? 'php://stdin' : 'php://input', 'rb');
            \stream_set_read_buffer(self::$in, 0);
            if ($cli) {
                self::$out = \fopen('php://stdout', 'wb');
                $order = self::receive();
                \ini_set('memory_limit', $order['memory_limit']);
                self::$token = $order['token'];
                return [$order['do'], $order['file']];
            }
            self::$token = \getenv('SLUICE_TOKEN');
            return [\getenv('SLUICE_DO'), \getenv('SLUICE_FILE')];
        }

        /** The next message of the server, as arrays. */
        public static function receive(): array
        {
            $length = \unpack('N', self::bytes(4))[1];
            return \json_decode(self::bytes($length), true, DEPTH + 16, \JSON_BIGINT_AS_STRING);
        }

        private static function bytes(int $length): string
        {
            $got = '';
            while (\strlen($got) < $length) {
                $more = \fread(self::$in, $length - \strlen($got));
                if ($more === '' || $more === false) {
                    throw new \RuntimeException('The server does not answer any more; the run has ended.');
                }
                $got = $got === '' ? $more : $got . $more;
            }
            return $got;
        }

        public static function send(string $kind, $content): void
        {
            self::write($kind . self::json($content));
        }

        private static function write(string $message): void
        {
            if (self::$out !== null) {
                \flush();
                \fwrite(self::$out, self::$token . '.' . $message . "\n");
                return;
            }
            $length = \strlen($message);
            for ($at = 0; $length - $at > self::PIECE; $at += self::PIECE) {
                \error_log(self::$token . '+' . \substr($message, $at, self::PIECE) . "\n", 4);
            }
            \error_log(self::$token . '.' . \substr($message, $at) . "\n", 4);
            \flush();
        }

        /** What JSON has no word for (NaN, infinity) is null. */
        private static function json($content): string
        {
            $json = \json_encode($content, JSON, DEPTH);
            if ($json === false && \json_last_error() === \JSON_ERROR_INF_OR_NAN) {
                $json = \json_encode(self::finite($content), JSON, DEPTH);
            }
            if ($json === false) {
                throw new \UnexpectedValueException(match (\json_last_error()) {
                    \JSON_ERROR_DEPTH => 'The data are nested too deeply, or contain themselves.',
                    \JSON_ERROR_RECURSION => 'The data contain themselves.',
                    default => 'The data cannot be written as JSON: ' . \json_last_error_msg(),
                });
            }
            return $json;
        }

        private static function finite($value)
        {
            if (\is_array($value)) {
                return \array_map(self::finite(...), $value);
            }
            if ($value instanceof \stdClass) {
                return (object) \array_map(self::finite(...), (array) $value);
            }
            return \is_float($value) && !\is_finite($value) ? null : $value;
        }
    }

    /** Functions that can be called as methods and taken as values: $api->get(...), $get = $api->get, $api->get->__invoke(...). */
    abstract class Functions
    {
        public function __get($name)
        {
            if (!\is_callable([$this, $name]) || \str_starts_with($name, '_')) {
                throw new \Error('platform has no function ' . $name);
            }
            return \Closure::fromCallable([$this, $name]);
        }

        public function __isset($name)
        {
            return !\str_starts_with($name, '_') && \method_exists($this, $name);
        }
    }

    final class Api extends Functions
    {
        public function get($path, $payload = null, $options = []) { return $this->call('GET', $path, $payload, $options); }
        public function post($path, $payload = null, $options = []) { return $this->call('POST', $path, $payload, $options); }
        public function put($path, $payload = null, $options = []) { return $this->call('PUT', $path, $payload, $options); }
        public function patch($path, $payload = null, $options = []) { return $this->call('PATCH', $path, $payload, $options); }
        public function delete($path, $payload = null, $options = []) { return $this->call('DELETE', $path, $payload, $options); }

        public function call($method, $path, $payload = null, $options = [])
        {
            $options = \is_array($options) || \is_object($options) ? (array) $options : [];
            Channel::send('C', [
                'method' => \strtoupper((string) $method),
                'path' => (string) $path,
                'payload' => $payload,
                'options' => (object) $options,
            ]);
            return Channel::receive();
        }
    }

    final class Store extends Functions
    {
        public function get($key, $default = null)
        {
            $found = $this->ask(['do' => 'get', 'key' => (string) $key]);
            return $found['found'] ? $found['value'] : $default;
        }

        public function set($key, $value, $seconds = 0)
        {
            $this->ask(['do' => 'set', 'key' => (string) $key, 'value' => $value, 'seconds' => (int) $seconds]);
        }

        public function delete($key)
        {
            return $this->ask(['do' => 'delete', 'key' => (string) $key])['found'];
        }

        private function ask(array $what): array
        {
            Channel::send('S', $what);
            $answer = Channel::receive();
            if (isset($answer['error'])) {
                throw new \InvalidArgumentException($answer['error']);
            }
            return $answer;
        }
    }

    /** Both $platform['api'] and $platform->api; what few scripts look at comes when it is looked at. */
    final class Platform extends \ArrayObject
    {
        private array $awaited = ['session' => true, 'config' => true];

        public function __construct()
        {
            parent::__construct(
                ['api' => new Api(), 'store' => new Store(), 'session' => [], 'config' => []],
                \ArrayObject::ARRAY_AS_PROPS
            );
        }

        #[\ReturnTypeWillChange]
        public function &offsetGet($name)
        {
            if (isset($this->awaited[$name])) {
                unset($this->awaited[$name]);
                Channel::send('P', ['name' => $name]);
                parent::offsetSet($name, Channel::receive()['value']);
            }
            $value = parent::offsetGet($name);
            return $value;
        }

        public function offsetSet($name, $value): void
        {
            unset($this->awaited[$name]);
            parent::offsetSet($name, $value);
        }

        public function getIterator(): \Iterator
        {
            foreach (\array_keys($this->awaited) as $name) {
                $this->offsetGet($name);
            }
            return parent::getIterator();
        }
    }

    /** How one run ends. */
    final class Ending
    {
        private static bool $told = false;
        private static array $before = [];
        private static $event;

        public static function ofCheck(): void
        {
            \register_shutdown_function(self::unexpected(...));
        }

        public static function of(array $before, &$event): void
        {
            self::$before = $before;
            self::$event = &$event;
            \register_shutdown_function(self::unexpected(...));
        }

        public static function told(): void
        {
            self::$told = true;
        }

        /** The script ran to its end, or ended itself by exit. */
        public static function completed($returned): void
        {
            if (!\is_array(self::$event) && !\is_object(self::$event)) {
                self::failed(new \UnexpectedValueException('The script made $event something that is no array.'));
                return;
            }
            $event = (array) self::$event;
            $same = $returned === self::$event;
            $result = ['changes' => Changes::between(self::$before, $event) ?? Changes::whole(self::$before, $event)];
            if ($same) {
                $result['same'] = true;
            } elseif ($returned !== NOTHING && $returned !== null) {
                $result['value'] = $returned;
            }
            self::flushOutput();
            try {
                Channel::send('R', $result);
                self::$told = true;
            } catch (\Throwable $e) {
                self::failed($e);
            }
        }

        public static function failed(\Throwable $e): void
        {
            self::$told = true;
            self::flushOutput();
            Channel::send('E', [
                'message' => $e->getMessage(),
                'class' => \get_class($e),
                'status' => self::status($e),
                'places' => self::places($e),
            ]);
        }

        private static function status(\Throwable $e): int
        {
            $status = $e instanceof \Exception && \is_callable([$e, 'getStatusCode']) ? $e->getStatusCode() : $e->getCode();
            return \is_int($status) && $status >= 400 && $status <= 599 ? $status : 500;
        }

        /** File and line of where it came from, innermost first. */
        private static function places(\Throwable $e): array
        {
            $places = [[$e->getFile(), $e->getLine()]];
            foreach (\array_slice($e->getTrace(), 0, 32) as $frame) {
                if (isset($frame['file'])) {
                    $places[] = [$frame['file'], $frame['line']];
                }
            }
            return $places;
        }

        private static function flushOutput(): void
        {
            while (\ob_get_level() > 0 && @\ob_end_flush()) {
            }
        }

        /** PHP is about to end, and nobody has been told how the run went. */
        private static function unexpected(): void
        {
            if (self::$told) {
                return;
            }
            $error = \error_get_last();
            $fatal = \E_ERROR | \E_PARSE | \E_CORE_ERROR | \E_COMPILE_ERROR | \E_USER_ERROR | \E_RECOVERABLE_ERROR;
            if ($error !== null && ($error['type'] & $fatal) !== 0) {
                self::$told = true;
                Channel::send('F', [
                    'message' => $error['message'],
                    'places' => [[$error['file'], $error['line']]],
                ]);
            } else {
                self::completed(NOTHING);
            }
        }
    }

    /** What differs between two arrays, so that what a script left alone never leaves the server's hands. */
    final class Changes
    {
        /**
         * [keys and new values, keys and the changes inside them, keys that are gone]; null when the order of the keys changed, so
         * that it must be taken as a whole. Arrays that nobody wrote to are one and the same, so comparing them costs nothing.
         */
        public static function between(array $before, array $after): ?array
        {
            $set = [];
            $inside = [];
            foreach ($after as $key => $value) {
                if (isset($before[$key]) || \array_key_exists($key, $before)) {
                    $old = $before[$key];
                    if ($old === $value) {
                        continue;
                    }
                    if (\is_array($old) && \is_array($value) && self::alike($old, $value)) {
                        $changes = self::between($old, $value);
                        if ($changes !== null) {
                            $inside[] = $key;
                            $inside[] = $changes;
                            continue;
                        }
                    }
                }
                $set[] = $key;
                $set[] = $value;
            }
            $gone = \array_diff_key($before, $after);
            $expected = $gone === [] ? $before : \array_diff_key($before, $gone);
            if (\array_keys($expected + $after) !== \array_keys($after)) {
                return null;
            }
            return [$set, $inside, \array_keys($gone)];
        }

        /** As if every value had been set. */
        public static function whole(array $before, array $after): array
        {
            $set = [];
            foreach ($after as $key => $value) {
                $set[] = $key;
                $set[] = $value;
            }
            return [$set, [], \array_keys(\array_diff_key($before, $after))];
        }

        private static function alike(array $old, array $new): bool
        {
            return $old !== [] && $new !== [] && \array_is_list($old) === \array_is_list($new);
        }
    }
}

namespace {
    (static function (): void {
        [$work, $file] = \Sluice\Channel::open();
        if ($work === 'check') {
            \Sluice\Ending::ofCheck();
            try {
                if (\function_exists('opcache_compile_file') && \ini_get('opcache.enable') && \PHP_SAPI !== 'cli') {
                    \opcache_compile_file($file);
                } else {
                    \token_get_all(\file_get_contents($file), \TOKEN_PARSE);
                }
                \Sluice\Ending::told();
                \Sluice\Channel::send('K', [\PHP_VERSION]);
            } catch (\Throwable $e) {
                \Sluice\Ending::failed($e);
            }
            return;
        }
        $proxy = \getenv('http_proxy');
        if ($proxy !== false) {
            // For addresses that are opened like files; curl looks there itself.
            \stream_context_set_default(['http' => ['proxy' => \str_replace('http:', 'tcp:', $proxy)]]);
        }
        $event = \Sluice\Channel::receive();
        \Sluice\Ending::of($event, $event);
        $platform = new \Sluice\Platform();
        try {
            $script = \Closure::bind(
                static function (&$event, $platform) {
                    return include \func_get_arg(2);
                },
                null,
                null
            );
            \Sluice\Ending::completed($script($event, $platform, $file));
        } catch (\Throwable $e) {
            \Sluice\Ending::failed($e);
        }
    })();
}
