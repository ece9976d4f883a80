package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commits, branches and tags of GitLab's REST API. */
record GitlabHistory(GitlabNames names, JsonApi api, RepoHost host) implements RepoHistory {
    /** 20,000 files. */
    private static final int MOST_PAGES = 200;

    @Override
    public String fullName(String repository) {
        return names.fullName(repository);
    }

    @Override
    public Optional<String> knownName(String repository) {
        return names.knownName(repository);
    }

    @Override
    public Optional<String> defaultBranch(Spot spot) throws NotRead {
        return api.get(names.project(spot), "repository " + Spot.shown(spot.repository()))
                .at("default_branch")
                .text();
    }

    @Override
    public Ancestry ancestry(Spot spot, String older, String newer) throws NotRead {
        ApiAnswer answer =
                api.ask(names.project(spot) + "/repository/merge_base?refs%5B%5D=" + older + "&refs%5B%5D=" + newer);
        if (answer.status() == 404 || answer.status() == 400) { // a commit that is gone, or none that both come from
            return Incomparable.of(spot.at(older), spot.at(newer), host);
        }
        api.refusals().check(answer, "pair of commits");
        return MergeBase.ancestry(api.json(answer).at("id").text(), older, newer);
    }

    @Override
    public Optional<Map<String, String>> blobs(Spot spot) throws NotRead {
        Optional<List<Json>> pages =
                new GitlabTree(names, api).pages(spot, host.head(spot).id(), true, MOST_PAGES);
        if (pages.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> blobs = new LinkedHashMap<>();
        for (Json page : pages.get()) {
            new GitlabAnswers(api.refusals()).blobs(page, blobs);
        }
        return Optional.of(blobs);
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
        String target = names.project(spot) + "/repository/" + list + "?" + query(page);
        return Parts.of(
                api.list(target, "repository " + Spot.shown(spot.repository())),
                new GitlabAnswers(api.refusals())::named);
    }

    @Override
    public List<Commit> commits(Spot spot, Page page) throws NotRead {
        String target = names.project(spot) + "/repository/commits?"
                + (spot.reference().isEmpty() ? "" : "ref_name=" + Encoded.segment(spot.reference()) + "&")
                + (spot.isRoot() ? "" : "path=" + Encoded.segment(spot.path()) + "&")
                + query(page);
        return Parts.of(
                api.list(target, "history of " + Spot.shown(spot.toString())),
                new GitlabAnswers(api.refusals())::commit);
    }

    private static String query(Page page) {
        return "page=" + page.number() + "&per_page=" + page.size();
    }
}
