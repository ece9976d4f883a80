package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Commits, branches and tags of Gitea's REST API. */
record GiteaHistory(OwnedNames names, JsonApi api, RepoHost host) implements RepoHistory {
    /** A page has 1,000 entries, as Gitea is set up at first. */
    private static final int MOST_PAGES = 50;

    @Override
    public String fullName(String repository) {
        return names.fullName(repository);
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        return api.get(repository(spot), "repository " + Spot.shown(spot.repository()))
                .at("default_branch")
                .text();
    }

    /** A comparison counts the commits that the second has and the first has not. */
    @Override
    public Ancestry ancestry(Spot spot, String older, String newer) throws NotRead {
        OptionalLong missingInNewer = commitsOnlyIn(spot, newer, older);
        if (missingInNewer.isEmpty()) {
            return uncompared(spot, older, newer);
        }
        if (missingInNewer.getAsLong() == 0) {
            return Ancestry.AFTER;
        }
        OptionalLong missingInOlder = commitsOnlyIn(spot, older, newer);
        if (missingInOlder.isEmpty()) {
            return Ancestry.UNKNOWN;
        }
        return missingInOlder.getAsLong() == 0 ? Ancestry.BEFORE : Ancestry.APART;
    }

    private OptionalLong commitsOnlyIn(Spot spot, String base, String head) throws NotRead {
        Optional<Json> compared = api.find(repository(spot) + "/compare/" + base + "..." + head, "pair of commits");
        return compared.isPresent() ? compared.get().at("total_commits").number() : OptionalLong.empty();
    }

    /** Old servers compare branches only; then both commits are there. */
    private Ancestry uncompared(Spot spot, String older, String newer) throws NotRead {
        Ancestry ancestry = Incomparable.of(spot.at(older), spot.at(newer), host);
        return ancestry == Ancestry.APART ? Ancestry.UNKNOWN : ancestry;
    }

    @Override
    public Optional<Map<String, String>> blobs(Spot spot) throws NotRead {
        GithubAnswers answers = new GithubAnswers(api.refusals());
        String target = repository(spot) + "/git/trees/" + host.head(spot).id() + "?recursive=true&page=";
        Map<String, String> blobs = new LinkedHashMap<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Json tree = api.get(target + page, "tree of " + Spot.shown(spot.repository()));
            answers.blobs(tree, blobs);
            if (!tree.at("truncated").isTrue()) {
                return Optional.of(blobs);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<NamedCommit> branches(Spot spot, Page page) throws NotRead {
        CommitAnswers answers = new CommitAnswers(api.refusals());
        return Parts.of(
                named(spot, "/branches?", page), branch -> answers.named(branch.at("name"), branch.at("commit", "id")));
    }

    @Override
    public List<NamedCommit> tags(Spot spot, Page page) throws NotRead {
        return Parts.of(named(spot, "/tags?", page), new GithubAnswers(api.refusals())::tag);
    }

    private Json named(Spot spot, String list, Page page) throws NotRead {
        return api.list(repository(spot) + list + query(page), "repository " + Spot.shown(spot.repository()));
    }

    @Override
    public List<Commit> commits(Spot spot, Page page) throws NotRead {
        String path = spot.isRoot() ? "" : "path=" + Encoded.segment(spot.path()) + "&";
        return GiteaRepositories.commits(names, api, spot, path + query(page));
    }

    private static String query(Page page) {
        return "page=" + page.number() + "&limit=" + page.size();
    }

    private String repository(Spot spot) throws NotRead {
        return "/repos/" + Encoded.path(names.of(spot));
    }
}
