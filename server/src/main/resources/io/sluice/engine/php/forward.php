<?php
// Takes connections on a port of 127.0.0.1, where nobody else is but the worker that this stands beside, and passes each on, byte
// for byte, to a socket in the file system. Arguments: the port, the socket.

namespace Sluice\Forward;

const PLACES = 100;
const PART = 65536;
// What nobody takes for 30 seconds is not waited for, so that places become free again.
const PATIENCE = 30;

/** One direction of a connection. */
final class Flow
{
    private string $kept = '';
    private bool $ended = false;
    private int $stuckSince = 0;

    public function __construct(private $source, private $sink)
    {
    }

    public function reads(): bool
    {
        return $this->kept === '' && !$this->ended;
    }

    public function writes(): bool
    {
        return $this->kept !== '';
    }

    public function source()
    {
        return $this->source;
    }

    public function sink()
    {
        return $this->sink;
    }

    public function read(): void
    {
        $part = @\fread($this->source, PART);
        if ($part === false || $part === '') {
            $this->ended = $part === false || \feof($this->source);
            if ($this->ended) {
                @\stream_socket_shutdown($this->sink, \STREAM_SHUT_WR);
            }
            return;
        }
        $this->kept = $part;
        $this->stuckSince = \time();
        $this->write();
    }

    public function write(): void
    {
        $written = @\fwrite($this->sink, $this->kept);
        if ($written === false) {
            $this->kept = '';
            $this->ended = true;
        } elseif ($written > 0) {
            $this->kept = \substr($this->kept, $written);
            $this->stuckSince = \time();
        }
    }

    public function over(): bool
    {
        return $this->ended && $this->kept === '' || $this->kept !== '' && \time() - $this->stuckSince > PATIENCE;
    }
}

/** A connection, both ways. The end of the server's side is the end of all. */
final class Pair
{
    public readonly Flow $up;
    public readonly Flow $down;

    public function __construct($client, $server)
    {
        foreach ([$client, $server] as $end) {
            \stream_set_blocking($end, false);
            \stream_set_read_buffer($end, 0);
        }
        $this->up = new Flow($client, $server);
        $this->down = new Flow($server, $client);
    }

    public function close(): void
    {
        @\fclose($this->up->source());
        @\fclose($this->down->source());
    }
}

function accepted($listener, string $path, bool $place): ?Pair
{
    $client = @\stream_socket_accept($listener, 0);
    if ($client === false || !$place) {
        // None waits here, where the next run would find it.
        return null;
    }
    $server = @\stream_socket_client('unix://' . $path, $number, $words, 5);
    if ($server === false) {
        \fwrite(\STDERR, "a connection is not passed on: $words\n");
        \fclose($client);
        return null;
    }
    return new Pair($client, $server);
}

/** Waits for what can be done, and does it. */
function step($listener, string $path, array $pairs): array
{
    $reads = [$listener];
    $writes = [];
    foreach ($pairs as $pair) {
        foreach ([$pair->up, $pair->down] as $flow) {
            if ($flow->reads()) {
                $reads[] = $flow->source();
            }
            if ($flow->writes()) {
                $writes[] = $flow->sink();
            }
        }
    }
    $none = null;
    if (@\stream_select($reads, $writes, $none, $pairs === [] ? null : 1) === false) {
        return $pairs;
    }
    foreach ($pairs as $pair) {
        foreach ([$pair->up, $pair->down] as $flow) {
            if ($flow->writes() && \in_array($flow->sink(), $writes, true)) {
                $flow->write();
            } elseif ($flow->reads() && \in_array($flow->source(), $reads, true)) {
                $flow->read();
            }
        }
    }
    $new = \in_array($listener, $reads, true) ? accepted($listener, $path, \count($pairs) < PLACES) : null;
    return $new === null ? $pairs : [...$pairs, $new];
}

[, $port, $path] = $argv;
$listener = \stream_socket_server('tcp://127.0.0.1:' . $port, $number, $words);
if ($listener === false) {
    \fwrite(\STDERR, "$words\n");
    exit(1);
}
echo "open\n";
$pairs = [];
while (true) {
    $pairs = step($listener, $path, $pairs);
    foreach ($pairs as $key => $pair) {
        if ($pair->down->over()) {
            $pair->close();
            unset($pairs[$key]);
        }
    }
}
