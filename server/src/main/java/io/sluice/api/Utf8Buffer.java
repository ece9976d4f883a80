package io.sluice.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * Text in the making, as UTF-8: a buffer that empties itself into a stream, or grows where there is none. Most of the time of a long
 * list is spent here.
 */
public final class Utf8Buffer {
    private static final int SIZE = 8 << 10;
    private static final int LARGE = 1 << 20;
    private static final int MOST = Integer.MAX_VALUE - 8;

    /** Room that a number or a character with its escape always finds. */
    private static final int ROOM = 32;

    private final @Nullable OutputStream out;
    private byte[] bytes = new byte[SIZE];
    private int size;

    public Utf8Buffer(OutputStream out) {
        this.out = out;
    }

    /** One that keeps all that is written to it. */
    Utf8Buffer() {
        this.out = null;
    }

    /** Bytes that are in it now. */
    int size() {
        return size;
    }

    /** All that is in it; others may be behind. To be called when nothing more is written. */
    byte[] bytes() {
        return bytes;
    }

    public void ascii(char c) {
        makeRoom();
        bytes[size++] = (byte) c;
    }

    public void ascii(String text) {
        put(text.getBytes(StandardCharsets.ISO_8859_1), 0);
    }

    /** All from that place on. */
    public void put(byte[] more, int from) {
        put(more, from, more.length);
    }

    public void put(byte[] more, int from, int until) {
        int at = from;
        while (until - at > bytes.length - size) {
            int fits = bytes.length - size;
            System.arraycopy(more, at, bytes, size, fits);
            at += fits;
            size = bytes.length;
            full();
        }
        System.arraycopy(more, at, bytes, size, until - at);
        size += until - at;
    }

    public void number(long value) {
        makeRoom();
        size = NumberOutput.outputLong(value, bytes, size);
    }

    /** Copies what is in that table of ASCII; the place of the first character that was not copied, at the end the length. */
    public int copy(String text, int from, boolean[] copied) {
        int at = from;
        while (at < text.length()) {
            makeRoom();
            int end = Math.min(text.length(), at + bytes.length - size);
            at = copy(text, at, end, copied);
            if (at < end) {
                return at;
            }
        }
        return at;
    }

    private int copy(String text, int from, int end, boolean[] copied) {
        int at = from;
        int to = size;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c >= copied.length || !copied[c]) {
                break;
            }
            bytes[to++] = (byte) c;
        }
        size = to;
        return at;
    }

    /** One character, whole; the place of the next. Half a pair of surrogates has no code in UTF-8 and becomes a question mark. */
    public int character(String text, int at) {
        makeRoom();
        int code = text.codePointAt(at);
        if (code < 0x80) {
            bytes[size++] = (byte) code;
        } else if (code < 0x800) {
            bytes[size++] = (byte) (0xC0 | code >> 6);
            follow(code);
        } else if (Character.isBmpCodePoint(code)) {
            three(code);
        } else {
            bytes[size++] = (byte) (0xF0 | code >> 18);
            follow(code >> 12);
            follow(code >> 6);
            follow(code);
        }
        return at + Character.charCount(code);
    }

    private void three(int code) {
        if (Character.isSurrogate((char) code)) {
            bytes[size++] = '?';
            return;
        }
        bytes[size++] = (byte) (0xE0 | code >> 12);
        follow(code >> 6);
        follow(code);
    }

    private void follow(int bits) {
        bytes[size++] = (byte) (0x80 | bits & 0x3F);
    }

    private void makeRoom() {
        if (size > bytes.length - ROOM) {
            full();
        }
    }

    private void full() {
        if (out == null) {
            long times = bytes.length < LARGE ? 4 : 2;
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, times * bytes.length));
        } else {
            empty();
        }
    }

    /** Hands over all there is; to be called at the end. */
    public void empty() {
        try {
            stream().write(bytes, 0, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size = 0;
    }

    private OutputStream stream() {
        return Objects.requireNonNull(out, "a buffer that grows");
    }

    /** To the stream, and by it to whoever waits. */
    public void flush() {
        empty();
        try {
            stream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
