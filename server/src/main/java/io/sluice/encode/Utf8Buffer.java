package io.sluice.encode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberOutput;

/** Text in the making, as UTF-8: a buffer that empties itself into a stream. Most of the time of a long list is spent here. */
final class Utf8Buffer {
    private static final int SIZE = 8 << 10;

    /** Room that a number or a character with its escape always finds. */
    private static final int ROOM = 32;

    private final OutputStream out;
    private final byte[] bytes = new byte[SIZE];
    private int size;

    Utf8Buffer(OutputStream out) {
        this.out = out;
    }

    void ascii(char c) {
        makeRoom();
        bytes[size++] = (byte) c;
    }

    void ascii(String text) {
        put(text.getBytes(StandardCharsets.ISO_8859_1), 0);
    }

    /** All from that place on. */
    void put(byte[] more, int from) {
        put(more, from, more.length);
    }

    void put(byte[] more, int from, int until) {
        int at = from;
        while (until - at > SIZE - size) {
            int fits = SIZE - size;
            System.arraycopy(more, at, bytes, size, fits);
            at += fits;
            size = SIZE;
            empty();
        }
        System.arraycopy(more, at, bytes, size, until - at);
        size += until - at;
    }

    void number(long value) {
        makeRoom();
        size = NumberOutput.outputLong(value, bytes, size);
    }

    /** Copies what is in that table of ASCII; the place of the first character that was not copied, at the end the length. */
    int copy(String text, int from, boolean[] copied) {
        int at = from;
        while (at < text.length()) {
            makeRoom();
            int end = Math.min(text.length(), at + SIZE - size);
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
    int character(String text, int at) {
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
        if (size > SIZE - ROOM) {
            empty();
        }
    }

    /** Hands over all there is; to be called at the end. */
    void empty() {
        try {
            out.write(bytes, 0, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size = 0;
    }

    /** To the stream, and by it to whoever waits. */
    void flush() {
        empty();
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
