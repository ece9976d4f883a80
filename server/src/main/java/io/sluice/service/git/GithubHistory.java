package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commits, branches and tags of GitHub's REST API. */
record GithubHistory(OwnedNames names, JsonApi api, RepoHost host) implements RepoHistory {
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

    @Override
    public Ancestry ancestry(Spot spot, String older, String newer) throws NotRead {
        String target = repository(spot) + "/compare/" + older + "..." + newer + "?per_page=1";
        Optional<Json> compared = api.find(target, "pair of commits");
        if (compared.isEmpty()) {
            return Incomparable.of(spot.at(older), spot.at(newer), host);
        }
        return switch (compared.get().at("status").text().orElse("")) {
            case "identical" -> Ancestry.SAME;
            case "ahead" -> Ancestry.AFTER;
            case "behind" -> Ancestry.BEFORE;
            case "diverged" -> Ancestry.APART;
            default -> Ancestry.UNKNOWN;
        };
    }

    @Override
    public Optional<Map<String, String>> blobs(Spot spot) throws NotRead {
        String target = repository(spot) + "/git/trees/" + host.head(spot).id() + "?recursive=1";
        Json tree = api.get(target, "tree of " + Spot.shown(spot.repository()));
        return tree.at("truncated").isTrue()
                ? Optional.empty()
                : Optional.of(new GithubAnswers(api.refusals()).blobs(tree));
    }

    @Override
    public List<NamedCommit> branches(Spot spot, Page page) throws NotRead {
        return named(spot, "/branches", page);
    }

    @Override
    public List<NamedCommit> tags(Spot spot, Page page) throws NotRead {
        return named(spot, "/tags", page);
    }

    private List<NamedCommit> named(Spot spot, String list, Page page) throws NotRead {
        Json answer =
                api.list(repository(spot) + list + "?" + query(page), "repository " + Spot.shown(spot.repository()));
        return Parts.of(answer, new GithubAnswers(api.refusals())::tag);
    }

    @Override
    public List<Commit> commits(Spot spot, Page page) throws NotRead {
        String target = repository(spot) + "/commits?"
                + (spot.reference().isEmpty() ? "" : "sha=" + Encoded.segment(spot.reference()) + "&")
                + (spot.isRoot() ? "" : "path=" + Encoded.segment(spot.path()) + "&")
                + query(page);
        return Parts.of(
                api.list(target, "history of " + Spot.shown(spot.toString())),
                new GithubAnswers(api.refusals())::commit);
    }

    private static String query(Page page) {
        return "page=" + page.number() + "&per_page=" + page.size();
    }

    private String repository(Spot spot) throws NotRead {
        return "/repos/" + Encoded.path(names.of(spot));
    }
}
