package io.sluice.service.file.webdav;

import java.time.Instant;
import java.util.List;

/**
 * What a server says of one file or folder.
 *
 * @param names decoded, from the root of the server on
 * @param modified the epoch when it is not said
 */
record Resource(List<String> names, boolean folder, long size, Instant modified) {
    String name() {
        return names.isEmpty() ? "" : names.getLast();
    }
}
