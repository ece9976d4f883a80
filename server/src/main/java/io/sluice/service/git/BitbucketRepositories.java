package io.sluice.service.git;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files and repositories of Bitbucket's cloud, API 2.0. */
final class BitbucketRepositories implements RepoHost {
    private final OwnedNames names;
    private final JsonApi api;
    private final BitbucketAnswers answers;
    private final KnownCommits known = new KnownCommits();

    BitbucketRepositories(OwnedNames names, JsonApi api) {
        this.names = names;
        this.api = api;
        this.answers = new BitbucketAnswers(api);
    }

    @Override
    public Commit head(Spot spot) throws NotRead {
        return known.at(spot, () -> headAtHost(spot));
    }

    @Override
    public Commit headAtHost(Spot spot) throws NotRead {
        List<Commit> newest = commits(spot.root(), 1);
        if (newest.isEmpty()) {
            throw RefNames.unknown(spot);
        }
        return newest.getFirst();
    }

    /** Without a reference Bitbucket would tell of all branches: the default one is asked for. */
    List<Commit> commits(Spot spot, long most) throws NotRead {
        String reference = spot.reference().isEmpty() ? defaultBranch(spot).orElse("") : plain(spot.reference());
        if (reference.isEmpty()) {
            throw RefNames.unknown(spot);
        }
        String target = repository(names, spot) + "/commits?include=" + Encoded.segment(reference)
                + (spot.isRoot() ? "" : "&path=" + Encoded.segment(spot.path()))
                + "&pagelen=" + Math.min(most, 100);
        String what = "branch, tag or commit '" + Spot.shown(reference) + "' of " + Spot.shown(spot.repository());
        List<Commit> commits = new ArrayList<>();
        for (Json commit : answers.values(target, most, what)) {
            commits.add(answers.commit(commit));
        }
        return commits;
    }

    Optional<String> defaultBranch(Spot spot) throws NotRead {
        return api.get(repository(names, spot), "repository " + Spot.shown(spot.repository()))
                .at("mainbranch", "name")
                .text();
    }

    private static String plain(String reference) {
        return reference.replaceFirst("^refs/(heads|tags)/", "");
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        Commit commit = head(spot);
        refuseWhatIsNoFile(about(spot, commit), spot);
        return new Blob(bytes(spot, commit), commit);
    }

    private Json about(Spot spot, Commit commit) throws NotRead {
        return api.get(source(spot, commit) + "?format=meta", Spot.shown(spot.toString()));
    }

    private byte[] bytes(Spot spot, Commit commit) throws NotRead {
        return new RawFiles(api.calls(), api.refusals()).read(source(spot, commit), spot);
    }

    private void refuseWhatIsNoFile(Json about, Spot spot) throws NotRead {
        List<String> attributes = about.at("attributes").items().stream()
                .flatMap(one -> one.text().stream())
                .toList();
        String shown = Spot.shown(spot.toString());
        if (BitbucketAnswers.isFolder(about)) {
            throw NotRead.missing(shown + " is a folder");
        }
        if (attributes.contains("link")) {
            throw NotRead.missing(shown + " is a symbolic link; links are not followed");
        }
        if (attributes.contains("subrepository")) {
            throw NotRead.missing(shown + " is a submodule; submodules are not followed");
        }
        if (!about.at("type").text().filter("commit_file"::equals).isPresent()) {
            throw api.refusals().notTheFile();
        }
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        Commit commit = head(spot);
        if (spot.isRoot() || BitbucketAnswers.isFolder(about(spot, commit))) {
            return folder(spot, commit);
        }
        byte[] bytes = bytes(spot, commit);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("node", commit.id());
        shown.put("path", spot.path());
        shown.put("content", Base64.getEncoder().encodeToString(bytes));
        shown.put("encoding", "base64");
        shown.put("size", (long) bytes.length);
        return shown;
    }

    private List<?> folder(Spot spot, Commit commit) throws NotRead {
        String target = source(spot, commit) + (spot.isRoot() ? "" : "/") + "?pagelen=100";
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Json entry : answers.values(target, Long.MAX_VALUE, Spot.shown(spot.toString()))) {
            entries.add(answers.entry(entry));
        }
        return entries;
    }

    @Override
    public List<?> repositories(Page page) throws NotRead {
        Json answer = api.get(
                "/repositories/" + names.owner() + "?page=" + page.number() + "&pagelen=" + page.size(),
                "workspace " + names.owner());
        return answer.at("values").items().stream().map(Json::value).toList();
    }

    private String source(Spot spot, Commit commit) throws NotRead {
        return repository(names, spot) + "/src/" + commit.id() + "/" + Encoded.path(spot.path());
    }

    static String repository(OwnedNames names, Spot spot) throws NotRead {
        return "/repositories/" + Encoded.path(names.of(spot));
    }
}
