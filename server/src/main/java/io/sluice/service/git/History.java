package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The commits before some tips, as many as were fetched. Confined to one call; the repository gets closed with it. */
final class History implements AutoCloseable {
    private final Repository repository;
    private final List<ObjectId> tips;
    private final Spot spot;

    /** @param tips ids of commits or of tags around them */
    History(Repository repository, List<ObjectId> tips, Spot spot) {
        this.repository = repository;
        this.tips = tips;
        this.spot = spot;
    }

    /** How the first two tips stand to each other; unknown when they could still meet beyond what was fetched. */
    Ancestry ancestry() throws NotRead {
        try (RevWalk walk = walk()) {
            RevCommit older = tip(walk, 0);
            RevCommit newer = tip(walk, 1);
            if (older.equals(newer)) {
                return Ancestry.SAME;
            }
            if (walk.isMergedInto(older, newer)) {
                return Ancestry.AFTER;
            }
            return walk.isMergedInto(newer, older) ? Ancestry.BEFORE : apart();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Whether that commit lies behind the first tip; apart from it when all of the history is there and the commit is not in it. */
    Ancestry behind(String commit) throws NotRead {
        try (RevWalk walk = walk()) {
            RevCommit tip = tip(walk, 0);
            if (has(commit) && walk.isMergedInto(walk.parseCommit(ObjectId.fromString(commit)), tip)) {
                return Ancestry.AFTER;
            }
            return repository.getObjectDatabase().getShallowCommits().isEmpty() ? Ancestry.APART : Ancestry.UNKNOWN;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private boolean has(String commit) throws IOException {
        return repository.getObjectDatabase().has(ObjectId.fromString(commit));
    }

    /** Repositories in memory keep to themselves where a fetch cut them off. */
    private RevWalk walk() throws IOException {
        RevWalk walk = new RevWalk(repository);
        walk.assumeShallow(repository.getObjectDatabase().getShallowCommits());
        return walk;
    }

    private RevCommit tip(RevWalk walk, int which) throws IOException, NotRead {
        try {
            return walk.parseCommit(tips.get(which));
        } catch (MissingObjectException e) {
            throw NotRead.missing("a commit of " + Spot.shown(spot.repository()) + " is not there any more");
        }
    }

    private Ancestry apart() throws IOException, NotRead {
        Set<ObjectId> cut = repository.getObjectDatabase().getShallowCommits();
        boolean open = !cut.isEmpty() && (reaches(cut, 0, 1) || reaches(cut, 1, 0));
        return open ? Ancestry.UNKNOWN : Ancestry.APART;
    }

    /** Whether what only the one tip has comes to a cut. What both have lies before both, so neither tip lies behind it. */
    private boolean reaches(Set<ObjectId> cut, int which, int other) throws IOException, NotRead {
        try (RevWalk walk = walk()) {
            walk.markStart(tip(walk, which));
            walk.markUninteresting(tip(walk, other));
            for (RevCommit commit : walk) {
                if (cut.contains(commit)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Commits of the first tip, the newest first; those that changed the spot's path, where it has one. */
    List<Commit> commits(Page page) throws NotRead {
        try (RevWalk walk = walk()) {
            walk.markStart(tip(walk, 0));
            if (!spot.isRoot()) {
                walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(spot.path()), TreeFilter.ANY_DIFF));
            }
            return part(walk, page);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private static List<Commit> part(RevWalk walk, Page page) throws IOException {
        List<Commit> found = new ArrayList<>();
        long skipped = 0;
        for (RevCommit commit = walk.next(); commit != null && found.size() < page.size(); commit = walk.next()) {
            if (skipped++ >= page.skipped()) {
                found.add(commit(commit));
            }
        }
        return found;
    }

    static Commit commit(RevCommit commit) {
        return new Commit(
                commit.name(),
                Instant.ofEpochSecond(commit.getCommitTime()),
                Optional.ofNullable(commit.getAuthorIdent()).map(person -> person.getName()),
                Commit.firstLine(commit.getFullMessage()));
    }

    private NotRead damaged(IOException cause) {
        return NotRead.refused(
                "the history of " + Spot.shown(spot.repository()) + " could not be read: the repository is damaged",
                cause);
    }

    @Override
    public void close() {
        repository.close();
    }
}
