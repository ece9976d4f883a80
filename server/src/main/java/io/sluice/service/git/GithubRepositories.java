package io.sluice.service.git;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files and repositories of GitHub's REST API. */
final class GithubRepositories implements RepoHost {
    private static final String RAW = "application/vnd.github.raw+json";

    private final OwnedNames names;
    private final HostApi calls;
    private final JsonApi api;
    private final KnownCommits known = new KnownCommits();

    GithubRepositories(OwnedNames names, HostApi calls, JsonApi api) {
        this.names = names;
        this.calls = calls;
        this.api = api;
    }

    @Override
    public Commit head(Spot spot) throws NotRead {
        return known.at(spot, () -> headAtHost(spot));
    }

    @Override
    public Commit headAtHost(Spot spot) throws NotRead {
        String reference = spot.reference().isEmpty() ? "HEAD" : spot.reference();
        // One file of the commit's changes at most: they can be megabytes, and nobody reads them.
        ApiAnswer answer = api.ask(repository(spot) + "/commits/" + Encoded.path(reference) + "?per_page=1");
        if (answer.status() == 409 || answer.status() == 422) {
            throw RefNames.unknown(spot);
        }
        api.refusals()
                .check(
                        answer,
                        "the branch, tag or commit '" + Spot.shown(reference) + "' of "
                                + Spot.shown(spot.repository()));
        return new GithubAnswers(api.refusals()).commit(api.json(answer));
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        Commit commit = head(spot);
        // At the commit's id, not at the branch: it may have moved since.
        ApiAnswer answer = calls.get(contents(spot) + "?ref=" + commit.id(), RAW);
        api.refusals().check(answer, Spot.shown(spot.toString()));
        String type = answer.header("content-type").toLowerCase(Locale.ROOT);
        if (type.contains("html")) {
            throw api.refusals().notTheFile();
        }
        if (type.startsWith("application/json")) {
            throw noFile(api.json(answer), spot);
        }
        return new Blob(RawFiles.sized(answer.body(), spot), commit);
    }

    private NotRead noFile(Json answer, Spot spot) {
        if (answer.isList()) {
            return NotRead.missing(Spot.shown(spot.toString()) + " is a folder");
        }
        return switch (answer.at("type").text().orElse("")) {
            case "submodule" ->
                NotRead.missing(Spot.shown(spot.toString()) + " is a submodule; submodules are not followed");
            case "symlink" ->
                NotRead.missing(Spot.shown(spot.toString()) + " is a symbolic link; links are not followed");
            default -> api.refusals().notTheFile();
        };
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        String query = spot.reference().isEmpty() ? "" : "?ref=" + Encoded.segment(spot.reference());
        Json seen = api.get(contents(spot) + query, Spot.shown(spot.toString()));
        return seen.isList() ? seen.items().stream().map(Json::value).toList() : seen.fields();
    }

    @Override
    public List<?> repositories(Page page) throws NotRead {
        String query = "/repos?page=" + page.number() + "&per_page=" + page.size();
        String what = "account " + names.owner();
        Optional<Json> ofOrganization = api.find("/orgs/" + names.owner() + query, what);
        Json answer =
                ofOrganization.isPresent() ? ofOrganization.get() : api.list("/users/" + names.owner() + query, what);
        return answer.items().stream().map(Json::value).toList();
    }

    private String repository(Spot spot) throws NotRead {
        return "/repos/" + Encoded.path(names.of(spot));
    }

    private String contents(Spot spot) throws NotRead {
        return repository(spot) + "/contents/" + Encoded.path(spot.path());
    }
}
