package io.sluice.engine.php;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Records of FastCGI 1.0 as a client writes them, all of request 1. Pure. */
final class FastCgi {
    static final int STDOUT = 6;
    static final int STDERR = 7;
    static final int END_REQUEST = 3;
    static final int HEADER = 8;

    private static final int BEGIN_REQUEST = 1;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    private static final byte[] RESPONDER_KEEPING_THE_CONNECTION = {0, 1, 1, 0, 0, 0, 0, 0};
    private static final int MOST = 0xfff8;
    private static final int SHORT = 0x80;

    private FastCgi() {}

    static byte[] begin(Map<String, String> parameters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);
        record(out, BEGIN_REQUEST, RESPONDER_KEEPING_THE_CONNECTION, 0, RESPONDER_KEEPING_THE_CONNECTION.length);
        ByteArrayOutputStream pairs = new ByteArrayOutputStream(1 << 10);
        parameters.forEach((name, value) -> pair(pairs, name, value));
        record(out, PARAMS, pairs.toByteArray(), 0, pairs.size());
        record(out, PARAMS, new byte[0], 0, 0);
        return out.toByteArray();
    }

    /** Input of the request, with its length in front of it. */
    static byte[] input(byte[] message) {
        byte[] framed = new byte[Integer.BYTES + message.length];
        for (int i = 0; i < Integer.BYTES; i++) {
            framed[i] = (byte) (message.length >>> (24 - 8 * i));
        }
        System.arraycopy(message, 0, framed, Integer.BYTES, message.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream(framed.length + (framed.length / MOST + 1) * HEADER);
        for (int at = 0; at < framed.length; at += MOST) {
            record(out, STDIN, framed, at, Math.min(MOST, framed.length - at));
        }
        return out.toByteArray();
    }

    static byte[] endOfInput() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(HEADER);
        record(out, STDIN, new byte[0], 0, 0);
        return out.toByteArray();
    }

    private static void record(ByteArrayOutputStream out, int type, byte[] content, int from, int length) {
        out.writeBytes(new byte[] {1, (byte) type, 0, 1, (byte) (length >> 8), (byte) length, 0, 0});
        out.write(content, from, length);
    }

    private static void pair(ByteArrayOutputStream out, String name, String value) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        length(out, key.length);
        length(out, content.length);
        out.writeBytes(key);
        out.writeBytes(content);
    }

    private static void length(ByteArrayOutputStream out, int length) {
        if (length >= SHORT) {
            out.writeBytes(new byte[] {(byte) (length >> 24 | SHORT), (byte) (length >> 16), (byte) (length >> 8)});
        }
        out.write(length);
    }
}
