package io.sluice.service.file;

import java.nio.charset.StandardCharsets;

/** {@code Content-Disposition} by RFC 6266: a name in ASCII for old clients, and the name itself where that is not the same. */
final class Disposition {
    /** What stands as it is in an extended value (RFC 8187, attr-char). */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Disposition() {}

    static String attachment(String name) {
        String ascii = name.replaceAll("[^\\x20-\\x7e]|[\"\\\\%;]", "_");
        String simple = "attachment; filename=\"" + ascii + "\"";
        return ascii.equals(name) ? simple : simple + "; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xff);
            if (letter < 0x80 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0)) {
                encoded.append(letter);
            } else {
                encoded.append("%%%02X".formatted((int) letter));
            }
        }
        return encoded.toString();
    }
}
