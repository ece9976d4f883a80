package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commits, branches and tags of Bitbucket's cloud, API 2.0. It does not tell the ids of blobs. */
record BitbucketHistory(OwnedNames names, JsonApi api, BitbucketRepositories host) implements RepoHistory {
    @Override
    public String fullName(String repository) {
        return names.fullName(repository);
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        return host.defaultBranch(spot);
    }

    @Override
    public Ancestry ancestry(Spot spot, String older, String newer) throws NotRead {
        Optional<Json> base = api.find(
                BitbucketRepositories.repository(names, spot) + "/merge-base/" + older + ".." + newer,
                "pair of commits");
        return base.isEmpty()
                ? Incomparable.of(spot.at(older), spot.at(newer), host)
                : MergeBase.ancestry(base.get().at("hash").text(), older, newer);
    }

    @Override
    public Optional<Map<String, String>> blobs(Spot spot) {
        return Optional.empty();
    }

    @Override
    public List<NamedCommit> branches(Spot spot, Page page) throws NotRead {
        return named(spot, "branches", page);
    }

    @Override
    public List<NamedCommit> tags(Spot spot, Page page) throws NotRead {
        return named(spot, "tags", page);
    }

    private List<NamedCommit> named(Spot spot, String list, Page page) throws NotRead {
        String target = BitbucketRepositories.repository(names, spot) + "/refs/" + list + "?page=" + page.number()
                + "&pagelen=" + page.size();
        Json answer = api.get(target, "repository " + Spot.shown(spot.repository()));
        return Parts.of(answer.at("values"), new BitbucketAnswers(api)::named);
    }

    /** Its pages of commits have no numbers: those before are read over. */
    @Override
    public List<Commit> commits(Spot spot, Page page) throws NotRead {
        return page.of(host.commits(spot, page.skipped() + page.size()));
    }
}
