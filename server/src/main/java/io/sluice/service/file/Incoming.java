package io.sluice.service.file;

import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The content of one file on its way into a store.
 *
 * @param content read once, not closed by its reader; whatever breaks it off is an {@link java.io.IOException}
 * @param length in bytes, when it is known
 * @param contentType as its sender said, empty when they did not
 */
record Incoming(InputStream content, OptionalLong length, String contentType) {
    boolean isZip(String name) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return name.toLowerCase(Locale.ROOT).endsWith(".zip")
                || type.startsWith("application/zip")
                || type.startsWith("application/x-zip");
    }
}
