package io.sluice.service.file.connected;

import java.util.UUID;

/** Names of files that are not whole yet, or on their way out. No list shows them. */
final class Part {
    private static final String PREFIX = ".sluice-part-";

    private Part() {}

    static boolean is(String name) {
        return name.startsWith(PREFIX);
    }

    /** A new one in the folder of that file. */
    static String beside(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1) + PREFIX + UUID.randomUUID();
    }
}
