package io.sluice.engine.php;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Picks the messages of {@code bootstrap.php} out of a stream that carries other text as well, and puts their pieces together. A
 * script that writes the mark itself forges only its own results. Confined to one thread.
 */
final class Assembler {
    /** Of text that is not sent on: the console cuts long before. */
    private static final int KEPT_TEXT = 128 << 10;

    private final byte[] mark;
    private final int longest;
    private final Consumer<byte[]> messages;
    private final Consumer<String> texts;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private byte[] left = {};

    /**
     * @param mark stands before each piece
     * @param longest bytes of the longest message; the rest of a longer one is dropped, see {@link #overflown}
     */
    Assembler(String mark, int longest, Consumer<byte[]> messages, Consumer<String> texts) {
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.longest = longest;
        this.messages = messages;
        this.texts = texts;
    }

    boolean overflown() {
        return message.size() >= longest;
    }

    void feed(byte[] bytes, int from, int to) {
        byte[] data = joined(bytes, from, to);
        int at = 0;
        while (true) {
            int found = find(data, at);
            int end = found < 0 ? -1 : lineEnd(data, found + mark.length);
            if (end < 0) {
                int keep = found < 0 ? Math.max(at, data.length - mark.length + 1) : found;
                text(data, at, keep);
                left = java.util.Arrays.copyOfRange(data, keep, data.length);
                return;
            }
            text(data, at, found);
            piece(data, found + mark.length, end);
            at = end + 1;
        }
    }

    private byte[] joined(byte[] bytes, int from, int to) {
        byte[] all = new byte[left.length + to - from];
        System.arraycopy(left, 0, all, 0, left.length);
        System.arraycopy(bytes, from, all, left.length, to - from);
        return all;
    }

    private int find(byte[] data, int from) {
        for (int i = from; i + mark.length <= data.length; i++) {
            int same = 0;
            while (same < mark.length && data[i + same] == mark[same]) {
                same++;
            }
            if (same == mark.length) {
                return i;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void text(byte[] data, int from, int to) {
        int taken = Math.min(to - from, KEPT_TEXT - text.size());
        if (taken > 0) {
            text.write(data, from, taken);
        }
    }

    /** {@code +} or {@code .}, then the piece. */
    private void piece(byte[] data, int from, int end) {
        if (from >= end) {
            return;
        }
        int taken = Math.min(end - from - 1, longest - message.size());
        message.write(data, from + 1, taken);
        if (data[from] == '.' && !overflown()) {
            flushText();
            byte[] whole = message.toByteArray();
            message.reset();
            messages.accept(whole);
        }
    }

    /** Hands over the text that has come; to be called when nothing more comes. */
    void end() {
        text(left, 0, left.length);
        left = new byte[0];
        flushText();
    }

    private void flushText() {
        if (text.size() > 0) {
            String whole = text.toString(StandardCharsets.UTF_8);
            text.reset();
            texts.accept(whole);
        }
    }
}
