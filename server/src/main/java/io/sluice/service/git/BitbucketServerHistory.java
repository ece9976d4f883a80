package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commits, branches and tags of Bitbucket Server and Data Center, API 1.0. It does not tell the ids of blobs at once. */
record BitbucketServerHistory(OwnedNames names, JsonApi api, BitbucketServerRepositories host) implements RepoHistory {
    @Override
    public String fullName(String repository) {
        return names.fullName(repository);
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        return api.find(repository(spot) + "/default-branch", "default branch of " + Spot.shown(spot.repository()))
                .flatMap(branch -> branch.at("displayId").text());
    }

    @Override
    public Ancestry ancestry(Spot spot, String older, String newer) throws NotRead {
        Optional<Json> onlyOlder = commitsOnlyIn(spot, older, newer);
        if (onlyOlder.isEmpty()) {
            return Incomparable.of(spot.at(older), spot.at(newer), host);
        }
        if (isNone(onlyOlder.get())) {
            return Ancestry.AFTER;
        }
        Optional<Json> onlyNewer = commitsOnlyIn(spot, newer, older);
        return onlyNewer.filter(BitbucketServerHistory::isNone).isPresent() ? Ancestry.BEFORE : Ancestry.APART;
    }

    private Optional<Json> commitsOnlyIn(Spot spot, String until, String since) throws NotRead {
        return api.find(
                repository(spot) + "/commits?until=" + until + "&since=" + since + "&limit=1", "pair of commits");
    }

    private static boolean isNone(Json page) {
        return page.at("values").isList() && page.at("values").items().isEmpty();
    }

    @Override
    public Optional<Map<String, String>> blobs(Spot spot) {
        return Optional.empty();
    }

    @Override
    public List<NamedCommit> branches(Spot spot, Page page) throws NotRead {
        return named(spot, "/branches?", page);
    }

    @Override
    public List<NamedCommit> tags(Spot spot, Page page) throws NotRead {
        return named(spot, "/tags?", page);
    }

    private List<NamedCommit> named(Spot spot, String list, Page page) throws NotRead {
        Json answer = api.get(
                repository(spot) + list + BitbucketServerRepositories.query(page),
                "repository " + Spot.shown(spot.repository()));
        return Parts.of(answer.at("values"), new BitbucketServerAnswers(api.refusals())::named);
    }

    @Override
    public List<Commit> commits(Spot spot, Page page) throws NotRead {
        String path = spot.isRoot() ? "" : "path=" + Encoded.segment(spot.path()) + "&";
        return host.commits(spot, path + BitbucketServerRepositories.query(page));
    }

    private String repository(Spot spot) throws NotRead {
        return BitbucketServerRepositories.repository(names, spot);
    }
}
