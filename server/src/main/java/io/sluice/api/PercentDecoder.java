package io.sluice.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes one path segment strictly: a broken escape, bytes that are not UTF-8 and control characters are a 400. Pure. */
final class PercentDecoder {
    private PercentDecoder() {}

    static String decode(String segment) {
        String text = segment.indexOf('%') < 0 && isAscii(segment) ? segment : utf8(bytes(segment));
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                throw malformed("a control character");
            }
        }
        return text;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer bytes(String segment) {
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        int to = 0;
        for (int from = 0; from < raw.length; from++) {
            byte value = raw[from];
            if (value == '%') {
                value = escape(raw, from);
                from += 2;
            }
            raw[to++] = value;
        }
        return ByteBuffer.wrap(raw, 0, to);
    }

    private static byte escape(byte[] raw, int at) {
        int high = at + 2 < raw.length ? Character.digit(raw[at + 1], 16) : -1;
        int low = at + 2 < raw.length ? Character.digit(raw[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw malformed("a malformed percent escape");
        }
        return (byte) (high << 4 | low);
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("bytes that are not UTF-8");
        }
    }

    private static ApiException malformed(String what) {
        return ApiException.badRequest("The path of the address holds " + what + ".");
    }
}
