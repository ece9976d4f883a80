package io.sluice.service.git;

import java.time.Instant;
import java.util.Optional;

/**
 * A commit.
 *
 * @param id 40 hex digits
 * @param message its first line
 */
record Commit(String id, Instant at, Optional<String> author, Optional<String> message) {
    static Optional<String> firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst();
    }
}
