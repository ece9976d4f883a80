package io.sluice.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive HTTP/1.1 connection to a server on 127.0.0.1: blocking, no pool, no threads, so that the client costs
 * little and one connection is one connection. Not thread-safe. Understands Content-Length and chunked bodies, nothing else.
 */
final class HttpConnection implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 30_000;
    private static final int MAX_HEAD = 16 << 10;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[64 << 10];
    private int from;
    private int until;

    HttpConnection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends the request and reads the whole answer. */
    Answer call(byte[] request) throws IOException {
        long began = System.nanoTime();
        out.write(request);
        Head head = head();
        byte[] body = head.chunked ? chunks() : exactly(head.length);
        return new Answer(head.status, body, System.nanoTime() - began);
    }

    /**
     * A chunked answer that was counted, not kept.
     *
     * @param firstByteNanos from before the request was written until the first byte of the body was there
     */
    record Export(int status, long bytes, long lines, long firstByteNanos, long nanos) {}

    /** Sends the request and reads the whole answer, however long, which must be chunked. */
    Export export(byte[] request) throws IOException {
        long began = System.nanoTime();
        out.write(request);
        Head head = head();
        long firstByte = 0;
        long bytes = 0;
        long lines = 0;
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            firstByte = bytes == 0 ? System.nanoTime() - began : firstByte;
            bytes += size;
            lines += lineEnds(size);
            line();
        }
        line();
        return new Export(head.status, bytes, lines, firstByte, System.nanoTime() - began);
    }

    /** Passes over so many bytes and counts the line ends among them. */
    private long lineEnds(int length) throws IOException {
        long ends = 0;
        for (int left = length; left > 0; ) {
            if (from == until) {
                fill();
            }
            int here = Math.min(left, until - from);
            for (int i = from; i < from + here; i++) {
                ends += buffer[i] == '\n' ? 1 : 0;
            }
            from += here;
            left -= here;
        }
        return ends;
    }

    private record Head(int status, int length, boolean chunked) {}

    private Head head() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an HTTP/1.1 answer: " + status);
        }
        int code = Integer.parseInt(status.substring(9, 12));
        int length = code == 204 || code == 304 ? 0 : -1;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = header.endsWith("chunked");
            } else if (header.startsWith("connection:") && header.endsWith("close")) {
                throw new IOException("the server closes the connection with status " + code);
            }
        }
        if (length < 0 && !chunked) {
            throw new IOException("an answer with neither length nor chunks, status " + code);
        }
        return new Head(code, length, chunked);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(buffer.length);
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            line();
        }
        while (!line().isEmpty()) {
            // trailers
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        return Integer.parseInt(extension < 0 ? line : line.substring(0, extension), 16);
    }

    private String line() throws IOException {
        int scanned = from;
        while (true) {
            for (; scanned < until; scanned++) {
                if (buffer[scanned] == '\n') {
                    int end = scanned > from && buffer[scanned - 1] == '\r' ? scanned - 1 : scanned;
                    String line = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
                    from = scanned + 1;
                    return line;
                }
            }
            scanned -= from;
            fill();
            scanned += from;
        }
    }

    /** Reads what is there behind what is still unread, which moves to the start of the buffer. */
    private void fill() throws IOException {
        int unread = until - from;
        if (unread > MAX_HEAD) {
            throw new IOException("a line of more than " + MAX_HEAD + " bytes in the head of an answer");
        }
        System.arraycopy(buffer, from, buffer, 0, unread);
        from = 0;
        until = unread;
        int read = in.read(buffer, until, buffer.length - until);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        until += read;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = new byte[length];
        int held = Math.min(length, until - from);
        System.arraycopy(buffer, from, body, 0, held);
        from += held;
        if (in.readNBytes(body, held, length - held) < length - held) {
            throw new EOFException("the server closed the connection within a body");
        }
        return body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
