package io.sluice.service.git;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Repositories of a Git server, over smart HTTP. The server resolves a reference each time; the commit behind it is fetched once, alone
 * (depth 1) and without its large files where the server can leave them out, and kept in memory while there is room.
 */
final class RemoteSource implements RepositorySource {
    private static final int FETCHES_AT_ONCE = 2;

    private final URI base;
    private final Optional<Credentials> credentials;
    private final NetLimits limits;
    private final FetchedCommits fetched;
    private final Semaphore fetching = new Semaphore(FETCHES_AT_ONCE);
    private volatile boolean canLeaveOut = true;

    RemoteSource(URI base, Optional<Credentials> credentials, NetLimits limits) {
        JGit.prepare();
        this.base = base;
        this.credentials = credentials;
        this.limits = limits;
        this.fetched = new FetchedCommits(limits.cacheBytes());
    }

    @Override
    public CommitTree open(Spot spot) throws NotRead {
        if (spot.isCommitId()) {
            Optional<CommitTree> kept = kept(spot, spot.reference());
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        try {
            return ask(spot, canLeaveOut);
        } catch (GitExchange.CannotLeaveOut e) {
            canLeaveOut = false;
            return askForAll(spot);
        }
    }

    private CommitTree askForAll(Spot spot) throws NotRead {
        try {
            return ask(spot, false);
        } catch (GitExchange.CannotLeaveOut e) {
            throw new IllegalStateException("nothing was to be left out", e);
        }
    }

    private Optional<CommitTree> kept(Spot spot, String commit) throws NotRead {
        Optional<InMemoryRepository> repository = fetched.find(spot.repository(), commit);
        return repository.isPresent()
                ? Optional.of(CommitTree.of(repository.get(), ObjectId.fromString(commit), spot))
                : Optional.empty();
    }

    private CommitTree ask(Spot spot, boolean leaveOutLarge) throws NotRead, GitExchange.CannotLeaveOut {
        GitExchange exchange = new GitExchange(base, credentials, limits);
        InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription(spot.repository()));
        try (Transport transport = exchange.transport(repository, spot.repository(), leaveOutLarge);
                FetchConnection connection = exchange.connect(transport, prefixes(spot))) {
            Target target = resolve(connection.getRefsMap(), spot);
            Optional<CommitTree> kept = kept(spot, target.commit());
            if (kept.isPresent()) {
                return kept.get();
            }
            fetch(exchange, connection, target.ref());
            CommitTree tree = CommitTree.of(repository, target.id(), spot);
            fetched.keep(spot.repository(), tree.commit().id(), repository, exchange.bytesRead());
            return tree;
        } catch (IOException e) {
            throw exchange.explain(spot, e);
        }
    }

    private static String[] prefixes(Spot spot) {
        return RefNames.candidates(spot.reference()).toArray(String[]::new);
    }

    /** A reference as the server has it, with the id of what it names: a commit, or a tag around one. */
    private record Target(Ref ref, ObjectId id) {
        /** The id of the commit, as far as the server told it. */
        String commit() {
            return Optional.ofNullable(ref.getPeeledObjectId()).orElse(id).name();
        }
    }

    private static Target resolve(Map<String, Ref> refs, Spot spot) throws NotRead {
        for (String name : RefNames.candidates(spot.reference())) {
            @Nullable Ref ref = refs.get(name);
            @Nullable ObjectId id = ref == null ? null : ref.getObjectId();
            if (ref != null && id != null) {
                return new Target(ref, id);
            }
        }
        if (spot.isCommitId()) {
            ObjectId id = ObjectId.fromString(spot.reference());
            return new Target(new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, spot.reference(), id), id);
        }
        throw RefNames.unknown(spot);
    }

    private void fetch(GitExchange exchange, FetchConnection connection, Ref ref) throws IOException, NotRead {
        Duration patience = limits.fetch();
        try {
            if (!fetching.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw NotRead.unreachable("too many fetches from this host run already", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotRead.unreachable("the fetch was called off", e);
        }
        try {
            connection.fetch(exchange, Set.of(ref), Set.of());
        } finally {
            fetching.release();
        }
    }

    @Override
    public List<String> names() throws NotRead {
        throw NotRead.missing("a Git server has no list of its repositories; ask for one by its name: _repo/{name}");
    }

    @Override
    public void close() {
        fetched.close();
    }
}
