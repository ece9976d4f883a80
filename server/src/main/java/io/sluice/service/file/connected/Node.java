package io.sluice.service.file.connected;

import java.time.Instant;

/**
 * What a server tells of one name.
 *
 * @param modified the epoch where the server does not tell
 * @param size in bytes, of files
 */
public record Node(String name, Kind kind, Instant modified, long size) {
    /** What a name stands for. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        /** A pipe, a device: not served, and deleted with its folder. */
        OTHER
    }

    public Node called(String other) {
        return new Node(other, kind, modified, size);
    }
}
