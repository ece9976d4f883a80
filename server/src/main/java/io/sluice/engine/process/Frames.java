package io.sluice.engine.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Messages over a child's standard input and output: {@code u32 length | kind | u32 run | body}, the length counting what comes
 * after it. Not thread-safe.
 */
public final class Frames {
    private static final int AROUND = 5;
    private static final int HEADER = 9;

    private final InputStream in;
    private final OutputStream out;
    private final int most;

    /** @param kind a letter; @param run the number that the server gave to the run that it belongs to */
    public record Frame(char kind, int run, byte[] body) {}

    /** A child's message is longer than it may be, or is none. The child is of no use any more. */
    public static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }

    /** @param most bytes of the longest message that is taken */
    public Frames(Child child, int most) {
        this.in = child.out();
        this.out = child.in();
        this.most = most;
    }

    /** Sends a message made of several parts. */
    public void send(char kind, int run, byte[]... parts) throws IOException {
        int length = AROUND;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] header = new byte[HEADER];
        put(header, 0, length);
        header[4] = (byte) kind;
        put(header, AROUND, run);
        out.write(header);
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    /** Waits for the next message. The end of the stream is an {@link EOFException}. */
    public Frame receive() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new EOFException("the child has ended");
        }
        int length = get(header, 0) - AROUND;
        if (length < 0 || length > most) {
            throw new Broken("a message of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the child has ended");
        }
        return new Frame((char) (header[4] & 0xff), get(header, AROUND), body);
    }

    private static void put(byte[] to, int at, int number) {
        for (int i = 0; i < 4; i++) {
            to[at + i] = (byte) (number >>> (24 - 8 * i));
        }
    }

    private static int get(byte[] from, int at) {
        int number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 8 | from[at + i] & 0xff;
        }
        return number;
    }
}
