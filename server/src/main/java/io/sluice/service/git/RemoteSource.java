package io.sluice.service.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Repositories of a Git server, over smart HTTP or SSH. The server resolves a reference each time; the commit behind it is fetched once, alone
 * (depth 1) and without its large files where the server can leave them out, and kept in memory while there is room. Histories are
 * fetched for one question and not kept.
 */
final class RemoteSource implements RepositorySource {
    private static final int FETCHES_AT_ONCE = 2;

    private final GitDoor door;
    private final NetLimits limits;
    private final FetchedCommits fetched;
    private final Semaphore fetching = new Semaphore(FETCHES_AT_ONCE);
    private volatile boolean canLeaveOut = true;

    RemoteSource(GitDoor door, NetLimits limits) {
        JGit.prepare();
        this.door = door;
        this.limits = limits;
        this.fetched = new FetchedCommits(limits.cacheBytes());
    }

    /** One conversation with the server. */
    private record Talk(GitExchange exchange, FetchConnection connection, InMemoryRepository objects) {}

    /** What is asked in a conversation. */
    private interface Question<T> {
        T ask(Talk talk) throws IOException, NotRead;
    }

    @Override
    public CommitTree open(Spot spot) throws NotRead {
        if (spot.isCommitId()) {
            Optional<CommitTree> kept = kept(spot, spot.reference());
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        return conversing(spot, FetchPlan.ONE_COMMIT, RefNames.candidates(spot.reference()), talk -> tree(talk, spot));
    }

    private CommitTree tree(Talk talk, Spot spot) throws IOException, NotRead {
        Target target = resolve(talk.connection().getRefsMap(), spot);
        Optional<CommitTree> kept = kept(spot, target.commit());
        if (kept.isPresent()) {
            return kept.get();
        }
        fetch(talk, List.of(target.ref()));
        CommitTree tree = CommitTree.of(talk.objects(), target.id(), spot);
        fetched.keep(
                spot.repository(),
                tree.commit().id(),
                talk.objects(),
                talk.exchange().bytesRead());
        return tree;
    }

    private Optional<CommitTree> kept(Spot spot, String commit) throws NotRead {
        Optional<InMemoryRepository> repository = fetched.find(spot.repository(), commit);
        return repository.isPresent()
                ? Optional.of(CommitTree.of(repository.get(), ObjectId.fromString(commit), spot))
                : Optional.empty();
    }

    @Override
    public History history(List<Spot> tips, FetchPlan plan) throws NotRead {
        List<String> names = tips.stream()
                .flatMap(tip -> RefNames.candidates(tip.reference()).stream())
                .toList();
        return conversing(tips.getFirst(), plan, names, talk -> history(talk, tips));
    }

    private History history(Talk talk, List<Spot> tips) throws IOException, NotRead {
        List<Target> targets = new ArrayList<>();
        for (Spot tip : tips) {
            targets.add(resolve(talk.connection().getRefsMap(), tip));
        }
        fetch(talk, targets.stream().map(Target::ref).toList());
        return new History(talk.objects(), targets.stream().map(Target::id).toList(), tips.getFirst());
    }

    @Override
    public List<NamedCommit> refs(Spot spot, String prefix) throws NotRead {
        return conversing(
                spot,
                FetchPlan.ONE_COMMIT,
                List.of(prefix),
                talk -> RefNames.commits(talk.connection().getRefs(), prefix));
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        return conversing(
                spot,
                FetchPlan.ONE_COMMIT,
                List.of(Constants.HEAD, Constants.R_HEADS),
                talk -> RefNames.branchOf(talk.connection().getRef(Constants.HEAD)));
    }

    private <T> T conversing(Spot spot, FetchPlan plan, List<String> names, Question<T> question) throws NotRead {
        try {
            return converse(spot, canLeaveOut ? plan : plan.leavingNothingOut(), names, question);
        } catch (GitExchange.CannotLeaveOut e) {
            canLeaveOut = false;
            return conversingAboutAll(spot, plan.leavingNothingOut(), names, question);
        }
    }

    private <T> T conversingAboutAll(Spot spot, FetchPlan plan, List<String> names, Question<T> question)
            throws NotRead {
        try {
            return converse(spot, plan, names, question);
        } catch (GitExchange.CannotLeaveOut e) {
            throw new IllegalStateException("nothing was to be left out", e);
        }
    }

    /** What a server says beside its answer (over ssh why it broke off) is there when the connection is closed. */
    private static <T> T asked(Question<T> question, Talk talk) throws IOException, NotRead {
        try {
            return question.ask(talk);
        } catch (IOException e) {
            talk.connection().close();
            talk.exchange().said(talk.connection().getMessages());
            throw e;
        }
    }

    private <T> T converse(Spot spot, FetchPlan plan, List<String> names, Question<T> question)
            throws NotRead, GitExchange.CannotLeaveOut {
        GitExchange exchange = new GitExchange(door, limits);
        InMemoryRepository objects = new InMemoryRepository(new DfsRepositoryDescription(spot.repository()));
        try (Transport transport = exchange.transport(objects, spot.repository(), plan);
                FetchConnection connection = exchange.connect(transport, names.toArray(String[]::new))) {
            return asked(question, new Talk(exchange, connection, objects));
        } catch (IOException e) {
            throw exchange.explain(spot, e);
        }
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

    private void fetch(Talk talk, List<Ref> refs) throws IOException, NotRead {
        try {
            if (!fetching.tryAcquire(limits.fetch().toMillis(), TimeUnit.MILLISECONDS)) {
                throw NotRead.unreachable("too many fetches from this host run already", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotRead.unreachable("the fetch was called off", e);
        }
        try {
            talk.connection().fetch(talk.exchange(), refs, Set.of());
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
        door.close();
    }
}
