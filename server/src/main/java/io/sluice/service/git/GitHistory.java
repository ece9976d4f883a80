package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/** Histories of plain Git: fetched as deep as a question needs, up to a bound. */
record GitHistory(RepositorySource source) implements RepoHistory {
    /** Most pushes are told from a few commits; beyond the last the answer is that nobody knows. */
    private static final int[] DEPTHS = {50, 1000};

    /** More would make a long answer of a tree that nobody keeps scripts in. */
    private static final int MOST_BLOBS = 50_000;

    /** A server and a folder find a repository with and without the ending. */
    @Override
    public String fullName(String repository) {
        String name = repository.replaceAll("^/+|/+$", "").toLowerCase(Locale.ROOT);
        return name.endsWith(Constants.DOT_GIT_EXT)
                ? name.substring(0, name.length() - Constants.DOT_GIT_EXT.length())
                : name;
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        return source.defaultBranch(spot);
    }

    @Override
    public Ancestry ancestry(Spot spot, String older, String newer) throws NotRead {
        List<Spot> tips = List.of(spot.at(older), spot.at(newer));
        for (int depth : DEPTHS) {
            try (History history = source.history(tips, FetchPlan.commitsAlone(depth))) {
                Ancestry ancestry = history.ancestry();
                if (ancestry != Ancestry.UNKNOWN) {
                    return ancestry;
                }
            } catch (NotRead e) {
                return withoutOlder(e, spot.at(newer), older);
            }
        }
        return Ancestry.UNKNOWN;
    }

    /** One of two commits is not to be had by itself: servers of old give out nothing but what a branch or tag points at. */
    private Ancestry withoutOlder(NotRead failure, Spot newer, String older) throws NotRead {
        if (!failure.isWithoutCommit()) {
            throw failure;
        }
        for (int depth : DEPTHS) {
            try (History history = source.history(List.of(newer), FetchPlan.commitsAlone(depth))) {
                Ancestry ancestry = history.behind(older);
                if (ancestry != Ancestry.UNKNOWN) {
                    return ancestry;
                }
            } catch (NotRead e) {
                return ifMissing(e);
            }
        }
        return Ancestry.UNKNOWN;
    }

    private static Ancestry ifMissing(NotRead failure) throws NotRead {
        if (failure.isMissing()) {
            return Ancestry.UNKNOWN;
        }
        throw failure;
    }

    @Override
    public Optional<Map<String, String>> blobs(Spot spot) throws NotRead {
        try (CommitTree tree = source.open(spot)) {
            return tree.blobs(spot, MOST_BLOBS);
        }
    }

    @Override
    public List<NamedCommit> branches(Spot spot, Page page) throws NotRead {
        return page.of(source.refs(spot, Constants.R_HEADS));
    }

    @Override
    public List<NamedCommit> tags(Spot spot, Page page) throws NotRead {
        return page.of(source.refs(spot, Constants.R_TAGS));
    }

    @Override
    public List<Commit> commits(Spot spot, Page page) throws NotRead {
        int deepest = DEPTHS[DEPTHS.length - 1];
        FetchPlan plan = spot.isRoot()
                ? FetchPlan.commitsAlone((int) Math.min(page.skipped() + page.size(), deepest))
                : FetchPlan.commitsAndTrees(deepest);
        try (History history = source.history(List.of(spot), plan)) {
            return history.commits(page);
        }
    }
}
