package io.sluice.service.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What references pointed at when they were asked for last, to ask again conditionally. Bounded, thread-safe. */
final class KnownCommits {
    private static final int MOST = 256;

    /** An answer; the tag is empty when the host gave none. */
    record Known(String etag, Commit commit) {}

    private final Map<String, Known> byReference = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Known> find(String reference) {
        return Optional.ofNullable(byReference.get(reference));
    }

    synchronized void keep(String reference, Known known) {
        byReference.put(reference, known);
    }
}
