package io.sluice.service.git;

import java.util.List;
import java.util.Optional;

/** Files and projects of GitLab's REST API. */
final class GitlabRepositories implements RepoHost {
    /** 10,000 entries of one folder. */
    private static final int MOST_PAGES = 100;

    private final GitlabNames names;
    private final JsonApi api;
    private final KnownCommits known = new KnownCommits();

    GitlabRepositories(GitlabNames names, JsonApi api) {
        this.names = names;
        this.api = api;
    }

    @Override
    public Commit head(Spot spot) throws NotRead {
        return known.at(spot, () -> headAtHost(spot));
    }

    @Override
    public Commit headAtHost(Spot spot) throws NotRead {
        GitlabAnswers answers = new GitlabAnswers(api.refusals());
        String commits = names.project(spot) + "/repository/commits";
        if (!spot.reference().isEmpty()) {
            String target = commits + "/" + Encoded.segment(plain(spot.reference())) + "?stats=false";
            return answers.commit(api.get(
                    target,
                    "branch, tag or commit '" + Spot.shown(spot.reference()) + "' of "
                            + Spot.shown(spot.repository())));
        }
        List<Json> newest = api.list(commits + "?per_page=1", "repository " + Spot.shown(spot.repository()))
                .items();
        if (newest.isEmpty()) {
            throw RefNames.unknown(spot);
        }
        return answers.commit(newest.getFirst());
    }

    /** GitLab's API knows branches and tags by their short names. */
    private static String plain(String reference) {
        return reference.replaceFirst("^refs/(heads|tags)/", "");
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        Commit commit = head(spot);
        String target = file(spot) + "/raw?ref=" + commit.id();
        return new Blob(new RawFiles(api.calls(), api.refusals()).read(target, spot), commit);
    }

    private String file(Spot spot) throws NotRead {
        return names.project(spot) + "/repository/files/" + Encoded.segment(spot.path());
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        String commit = head(spot).id();
        if (!spot.isRoot()) {
            Optional<Json> file = api.find(file(spot) + "?ref=" + commit, Spot.shown(spot.toString()));
            if (file.isPresent()) {
                return new GitlabAnswers(api.refusals()).file(file.get());
            }
        }
        return folder(spot, commit);
    }

    private List<?> folder(Spot spot, String commit) throws NotRead {
        List<?> entries = new GitlabTree(names, api)
                        .pages(spot, commit, false, MOST_PAGES)
                        .orElseThrow(() -> NotRead.missing(
                                Spot.shown(spot.toString()) + " has more entries than can be told at once"))
                        .stream()
                        .flatMap(page -> page.items().stream())
                        .map(Json::value)
                        .toList();
        if (entries.isEmpty() && !spot.isRoot()) { // Git has no empty folders
            throw NotRead.missing("there is no " + Spot.shown(spot.toString()) + " at "
                    + api.calls().host());
        }
        return entries;
    }

    @Override
    public List<?> repositories(Page page) throws NotRead {
        String namespace = Encoded.segment(names.namespace());
        String query = "/projects?page=" + page.number() + "&per_page=" + page.size();
        String what = "group or user " + names.namespace();
        Optional<Json> ofGroup = api.find("/groups/" + namespace + query, what);
        Json answer = ofGroup.isPresent() ? ofGroup.get() : api.list("/users/" + namespace + query, what);
        return answer.items().stream().map(Json::value).toList();
    }
}
