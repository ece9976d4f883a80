package io.sluice.service.file.webdav;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands in {@code href}: an address, or a path; its host says nothing, since servers behind others often do not know theirs. */
final class Hrefs {
    private static final Pattern PARTS =
            Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*).*", Pattern.DOTALL);

    private Hrefs() {}

    static List<String> names(String href) {
        Matcher parts = PARTS.matcher(href.strip());
        List<String> names = new ArrayList<>();
        for (String name : (parts.matches() ? parts.group(1) : "").split("/")) {
            if (!name.isEmpty()) {
                names.add(decoded(name));
            }
        }
        return names;
    }

    /** A {@code %} that begins no escape stands for itself. */
    private static String decoded(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            out.write(low < 0 ? bytes[i] : high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
