package io.sluice.service.file.connected;

import java.util.UUID;

/** Names of files that are not whole yet, or on their way out. No list shows them. */
final class Part {
    private static final String PREFIX = ".sluice-part-";

    /** Another name, since what lies aside may be all that there is of its file. */
    private static final String ASIDE = ".sluice-old-";

    private Part() {}

    static boolean is(String name) {
        return name.startsWith(PREFIX) || name.startsWith(ASIDE);
    }

    /** A new one in the folder of that file. */
    static String beside(String file) {
        return besideAs(PREFIX, file);
    }

    /** Where that file is renamed to when it makes room for its new content. */
    static String asideOf(String file) {
        return besideAs(ASIDE, file);
    }

    private static String besideAs(String prefix, String file) {
        return file.substring(0, file.lastIndexOf('/') + 1) + prefix + UUID.randomUUID();
    }
}
