package io.sluice.service.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;

/** The commits fetched last, up to a number of bytes. Each handed out is open once more, so it outlives being dropped. Thread-safe. */
final class FetchedCommits implements AutoCloseable {
    private record Key(String repository, String commit) {}

    private record Kept(InMemoryRepository repository, long bytes) {}

    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final long room;
    private long used;

    FetchedCommits(long room) {
        this.room = room;
    }

    synchronized Optional<InMemoryRepository> find(String repository, String commit) {
        Optional<InMemoryRepository> found =
                Optional.ofNullable(kept.get(new Key(repository, commit))).map(Kept::repository);
        found.ifPresent(InMemoryRepository::incrementOpen);
        return found;
    }

    synchronized void keep(String repository, String commit, InMemoryRepository objects, long bytes) {
        Key key = new Key(repository, commit);
        if (bytes > room || kept.containsKey(key)) {
            return;
        }
        objects.incrementOpen();
        kept.put(key, new Kept(objects, bytes));
        used += bytes;
        while (used > room) {
            drop(kept.keySet().iterator().next());
        }
    }

    private void drop(Key key) {
        Optional.ofNullable(kept.remove(key)).ifPresent(old -> {
            used -= old.bytes();
            old.repository().close();
        });
    }

    @Override
    public synchronized void close() {
        while (!kept.isEmpty()) {
            drop(kept.keySet().iterator().next());
        }
    }
}
