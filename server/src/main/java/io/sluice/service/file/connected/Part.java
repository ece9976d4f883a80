package io.sluice.service.file.connected;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Names of files that are not whole yet, or on their way out. No list shows them. */
final class Part {
    private static final String PREFIX = ".sluice-part-";

    /** Another name, since what lies aside may be all that there is of its file. */
    private static final String ASIDE = ".sluice-old-";

    /** Longer than any upload, and than clocks differ of servers that do not tell their zone. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(2);

    private Part() {}

    static boolean is(String name) {
        return name.startsWith(PREFIX) || name.startsWith(ASIDE);
    }

    /** Whether its writer is gone for good. What lies aside is never left behind. */
    static boolean leftBehind(Node node) {
        return node.name().startsWith(PREFIX)
                && node.kind() == Node.Kind.FILE
                && node.modified().isAfter(Instant.EPOCH)
                && node.modified().isBefore(Instant.now().minus(LEFT_BEHIND));
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
