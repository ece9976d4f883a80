package io.sluice.service.file.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Uploads under a hidden name beside their place, until all of them is there. */
final class Parts {
    private static final String PREFIX = ".sluice-part-";

    /** One that nobody wrote to for so long was left by a server that was stopped in the middle. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private Parts() {}

    static Path newIn(Path folder) {
        return folder.resolve(PREFIX + UUID.randomUUID());
    }

    static boolean is(Path path) {
        return path.getFileName().toString().startsWith(PREFIX);
    }

    /** Removes a part that was left behind. One that cannot be removed stays hidden: who lists may have no right to write. */
    static void sweep(Path part) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Instant latest = found.lastModifiedTime().toInstant();
            if (found.isRegularFile() && latest.isBefore(Instant.now().minus(LEFT_BEHIND))) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // the next list tries again
        }
    }
}
