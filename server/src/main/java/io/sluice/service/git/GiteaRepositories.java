package io.sluice.service.git;

import java.util.List;
import java.util.Optional;

/** Files and repositories of Gitea's REST API; Forgejo has the same. */
final class GiteaRepositories implements RepoHost {
    private final OwnedNames names;
    private final JsonApi api;
    private final KnownCommits known = new KnownCommits();

    GiteaRepositories(OwnedNames names, JsonApi api) {
        this.names = names;
        this.api = api;
    }

    @Override
    public Commit head(Spot spot) throws NotRead {
        return known.at(spot, () -> headAtHost(spot));
    }

    @Override
    public Commit headAtHost(Spot spot) throws NotRead {
        List<Commit> newest = commits(names, api, spot, "page=1&limit=1");
        if (newest.isEmpty()) {
            throw RefNames.unknown(spot);
        }
        return newest.getFirst();
    }

    /** The list of commits knows branches, tags and ids; the path of a single commit takes no name with a slash. */
    static List<Commit> commits(OwnedNames names, JsonApi api, Spot spot, String query) throws NotRead {
        String target = "/repos/" + Encoded.path(names.of(spot)) + "/commits?"
                + (spot.reference().isEmpty() ? "" : "sha=" + Encoded.segment(plain(spot.reference())) + "&")
                + "stat=false&verification=false&files=false&" + query;
        return Parts.of(
                api.list(
                        target,
                        "branch, tag or commit '" + Spot.shown(spot.reference()) + "' of "
                                + Spot.shown(spot.repository())),
                new GithubAnswers(api.refusals())::commit);
    }

    private static String plain(String reference) {
        return reference.replaceFirst("^refs/(heads|tags)/", "");
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        Commit commit = head(spot);
        String target = repository(spot) + "/raw/" + Encoded.path(spot.path()) + "?ref=" + commit.id();
        return new Blob(new RawFiles(api.calls(), api.refusals()).read(target, spot), commit);
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        String target = repository(spot) + "/contents" + (spot.isRoot() ? "" : "/" + Encoded.path(spot.path()))
                + (spot.reference().isEmpty() ? "" : "?ref=" + Encoded.segment(plain(spot.reference())));
        Json seen = api.get(target, Spot.shown(spot.toString()));
        return seen.isList() ? seen.items().stream().map(Json::value).toList() : seen.fields();
    }

    @Override
    public List<?> repositories(Page page) throws NotRead {
        String query = "/repos?page=" + page.number() + "&limit=" + page.size();
        String what = "account " + names.owner();
        Optional<Json> ofOrganization = api.find("/orgs/" + names.owner() + query, what);
        Json answer =
                ofOrganization.isPresent() ? ofOrganization.get() : api.list("/users/" + names.owner() + query, what);
        return answer.items().stream().map(Json::value).toList();
    }

    private String repository(Spot spot) throws NotRead {
        return "/repos/" + Encoded.path(names.of(spot));
    }
}
