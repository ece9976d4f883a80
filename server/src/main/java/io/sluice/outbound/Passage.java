package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.None;
import io.sluice.service.OutboundRule;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a worker through its {@link Gate}. Served by one thread, and one more for what goes out; closed by any. */
final class Passage implements AutoCloseable {
    private static final int LONGEST_HEAD = 32 << 10;
    private static final int PART = 16 << 10;

    private final SocketChannel client;
    private final Opening opening;
    private final Bounds bounds;
    private volatile @Nullable Socket host;
    private volatile boolean closed;
    private volatile long activeAt = System.nanoTime();

    Passage(SocketChannel client, Opening opening, Bounds bounds) {
        this.client = client;
        this.opening = opening;
        this.bounds = bounds;
    }

    void serve(JudgedAddresses addresses, OutboundRule rule) {
        try {
            ByteBuffer read = ByteBuffer.allocate(LONGEST_HEAD);
            int end = head(read);
            if (end == 0) {
                return;
            }
            ProxyRequest request = ProxyRequest.parse(Arrays.copyOf(read.array(), end));
            read.flip().position(end);
            serve(request, addresses, rule, read);
        } catch (MalformedCall e) {
            refuse(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            // One of both sides is gone, or the run is over: the other one sees the end.
        }
    }

    /** Counts only now: what says nothing takes no place from others. */
    private void serve(ProxyRequest request, JudgedAddresses addresses, OutboundRule rule, ByteBuffer read)
            throws IOException {
        if (opening.isOver()) {
            refuse(503, "No run of the script is under way.");
        } else if (opening.isSpent()) {
            refuse(503, "A run sends and receives at most " + (bounds.bytes() >> 20) + " MB.");
        } else if (opening.takePlace()) {
            try {
                connected(request, addresses, rule, read);
            } finally {
                opening.givePlaceBack();
            }
        } else {
            refuse(503, "A run has at most " + bounds.connections() + " connections at the same time.");
        }
    }

    /** Reads until the head of a request is there; answers its length, 0 when the client leaves before. */
    private int head(ByteBuffer read) throws IOException {
        int end = 0;
        while (end == 0) {
            if (!read.hasRemaining()) {
                throw new MalformedCall("The head of the request is longer than " + LONGEST_HEAD + " bytes.");
            }
            int from = Math.max(0, read.position() - 3);
            if (client.read(read) < 0) {
                return 0;
            }
            end = endOfHead(read.array(), from, read.position());
        }
        return end;
    }

    private static int endOfHead(byte[] bytes, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return 0;
    }

    private void connected(ProxyRequest request, JudgedAddresses addresses, OutboundRule rule, ByteBuffer read)
            throws IOException {
        Socket to;
        try {
            to = dialled(addresses.judged(request.host(), request.port(), rule));
        } catch (IOException e) {
            None why = Failures.explained(request.host(), e);
            refuse(status(why.why()), why.message());
            return;
        }
        pass(request, read, to);
    }

    private static int status(OutboundReply.Why why) {
        return switch (why) {
            case MALFORMED -> 400;
            case REFUSED -> 403;
            case FAILED -> 502;
            case TIMEOUT -> 504;
        };
    }

    /** To the very address that was judged. */
    private Socket dialled(List<InetSocketAddress> judged) throws IOException {
        IOException last = new IOException("no address");
        for (InetSocketAddress address : judged) {
            if (closed) {
                throw new IOException("the run is over");
            }
            Socket socket = new Socket(Proxy.NO_PROXY);
            host = socket;
            try {
                socket.connect(address, millis(bounds.connecting()));
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private static int millis(Duration time) {
        return Math.toIntExact(Math.max(1, time.toMillis()));
    }

    private void pass(ProxyRequest request, ByteBuffer read, Socket to) throws IOException {
        if (closed) {
            to.close();
            return;
        }
        if (request.tunnel()) {
            write(ByteBuffer.wrap("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        } else {
            to.getOutputStream().write(request.opening());
        }
        if (spent(read.remaining() + request.opening().length)) {
            to.getOutputStream().write(read.array(), read.position(), read.remaining());
            Thread.ofVirtual().name("gate-outward").start(() -> outward(to));
            inward(to);
        }
    }

    /** What the worker sends; its end of the connection may end before the host's. */
    private void outward(Socket to) {
        try {
            ByteBuffer part = ByteBuffer.allocate(PART);
            while (client.read(part) >= 0) {
                if (!spent(part.position())) {
                    close();
                    return;
                }
                to.getOutputStream().write(part.array(), 0, part.position());
                part.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    /** What the host sends; its end is the end. */
    private void inward(Socket from) throws IOException {
        byte[] part = new byte[PART];
        while (true) {
            int got = read(from, part);
            if (got < 0 || !spent(got)) {
                return;
            }
            write(ByteBuffer.wrap(part, 0, got));
        }
    }

    /** Ends by silence only when nothing goes the other way either. */
    private int read(Socket from, byte[] part) throws IOException {
        while (true) {
            long silent = System.nanoTime() - activeAt;
            Duration left = bounds.idle().minusNanos(silent);
            if (left.isNegative()) {
                return -1;
            }
            try {
                from.setSoTimeout(millis(left));
                return from.getInputStream().read(part);
            } catch (SocketTimeoutException e) {
                // Looks again, since something may have gone out meanwhile.
            }
        }
    }

    private boolean spent(int bytes) {
        activeAt = System.nanoTime();
        return opening.spend(bytes);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    /** Answers in the place of the host. Clients of tunnels show the first line at most, so the words are in it too. */
    private void refuse(int status, String words) {
        String plain = words.replaceAll("[^ -~]", "?");
        String text = "HTTP/1.1 " + status + " " + plain + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + plain.length() + "\r\nConnection: close\r\n\r\n" + plain;
        try {
            write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            client.shutdownOutput();
        } catch (IOException e) {
            // Nobody is there to be told.
        }
    }

    /** Ends both sides. */
    @Override
    public void close() {
        closed = true;
        end(client);
        Socket to = host;
        if (to != null) {
            end(to);
        }
    }

    private static void end(Closeable side) {
        try {
            side.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
