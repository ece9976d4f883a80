package io.sluice.service.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Commits that were asked for last: what an id stands for does not change. Bounded, thread-safe. */
final class KnownCommits {
    private static final int MOST = 512;

    private final Map<String, Commit> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Commit> eldest) {
            return size() > MOST;
        }
    };

    /** A question to the host. */
    interface Question {
        Commit ask() throws NotRead;
    }

    /** The commit at the spot's reference; the host is asked unless that is the id of a commit that is known. */
    Commit at(Spot spot, Question question) throws NotRead {
        Optional<Commit> known =
                spot.isCommitId() ? find(spot.repository() + "@" + spot.reference()) : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        Commit commit = question.ask();
        keep(spot.repository() + "@" + commit.id(), commit);
        return commit;
    }

    private synchronized Optional<Commit> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private synchronized void keep(String name, Commit commit) {
        byName.put(name, commit);
    }
}
