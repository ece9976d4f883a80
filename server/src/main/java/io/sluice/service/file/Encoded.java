package io.sluice.service.file;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names as they stand in addresses: UTF-8, percent-encoded but for letters, digits and {@code -._~}. */
public final class Encoded {
    private static final String PLAIN = "-._~";

    private Encoded() {}

    public static String name(String name) {
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > 0 && (Character.isLetterOrDigit(each) || PLAIN.indexOf(each) >= 0);
            out.append(plain ? String.valueOf((char) each) : "%%%02X".formatted(each));
        }
        return out.toString();
    }

    /** With slashes between them. */
    public static String path(Collection<String> names) {
        return names.stream().map(Encoded::name).collect(Collectors.joining("/"));
    }
}
