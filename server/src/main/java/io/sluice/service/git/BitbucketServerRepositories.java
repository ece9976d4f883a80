package io.sluice.service.git;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files and repositories of Bitbucket Server and Data Center, API 1.0. */
final class BitbucketServerRepositories implements RepoHost {
    /** 10,000 entries of one folder. */
    private static final int MOST_PAGES = 20;

    private final OwnedNames names;
    private final JsonApi api;
    private final BitbucketServerAnswers answers;
    private final KnownCommits known = new KnownCommits();

    BitbucketServerRepositories(OwnedNames names, JsonApi api) {
        this.names = names;
        this.api = api;
        this.answers = new BitbucketServerAnswers(api.refusals());
    }

    @Override
    public Commit head(Spot spot) throws NotRead {
        return known.at(spot, () -> headAtHost(spot));
    }

    @Override
    public Commit headAtHost(Spot spot) throws NotRead {
        List<Commit> newest = commits(spot, "start=0&limit=1");
        if (newest.isEmpty()) {
            throw RefNames.unknown(spot);
        }
        return newest.getFirst();
    }

    /** Without a reference it tells of the default branch. */
    List<Commit> commits(Spot spot, String query) throws NotRead {
        String until = spot.reference().isEmpty() ? "" : "until=" + Encoded.segment(spot.reference()) + "&";
        Json answer = api.get(
                repository(names, spot) + "/commits?" + until + query,
                "branch, tag or commit '" + Spot.shown(spot.reference()) + "' of " + Spot.shown(spot.repository()));
        if (!answer.at("values").isList()) {
            throw api.refusals().nonsense();
        }
        return Parts.of(answer.at("values"), answers::commit);
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        Commit commit = head(spot);
        String shown = Spot.shown(spot.toString());
        String type = type(spot, commit);
        if (type.equals("DIRECTORY")) {
            throw NotRead.missing(shown + " is a folder");
        }
        if (type.equals("SUBMODULE")) {
            throw NotRead.missing(shown + " is a submodule; submodules are not followed");
        }
        return new Blob(bytes(spot, commit), commit);
    }

    private String type(Spot spot, Commit commit) throws NotRead {
        return api.get(browse(spot) + "?at=" + commit.id() + "&type=true", Spot.shown(spot.toString()))
                .at("type")
                .text()
                .orElseThrow(api.refusals()::nonsense);
    }

    private byte[] bytes(Spot spot, Commit commit) throws NotRead {
        String target = repository(names, spot) + "/raw/" + Encoded.path(spot.path()) + "?at=" + commit.id();
        return new RawFiles(api.calls(), api.refusals()).read(target, spot);
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        Commit commit = head(spot);
        if (spot.isRoot() || type(spot, commit).equals("DIRECTORY")) {
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
        String prefix = spot.isRoot() ? "" : spot.path() + "/";
        List<Map<String, Object>> entries = new ArrayList<>();
        long start = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            Json children = api.get(
                            browse(spot) + "?at=" + commit.id() + "&start=" + start + "&limit=500",
                            Spot.shown(spot.toString()))
                    .at("children");
            for (Json entry : children.at("values").items()) {
                entries.add(answers.entry(entry, prefix, commit.id()));
            }
            if (!children.at("nextPageStart").number().isPresent()) {
                return entries;
            }
            start = children.at("nextPageStart").number().getAsLong();
        }
        throw NotRead.missing(Spot.shown(spot.toString()) + " has more entries than can be told at once");
    }

    @Override
    public List<?> repositories(Page page) throws NotRead {
        Json answer = api.get(
                "/projects/" + Encoded.segment(names.owner()) + "/repos?" + query(page), "project " + names.owner());
        return answer.at("values").items().stream().map(Json::value).toList();
    }

    static String query(Page page) {
        return "start=" + page.skipped() + "&limit=" + page.size();
    }

    private String browse(Spot spot) throws NotRead {
        return repository(names, spot) + "/browse" + (spot.isRoot() ? "" : "/" + Encoded.path(spot.path()));
    }

    /** {@code /projects/KEY/repos/name}; a user's own project is {@code ~user}. */
    static String repository(OwnedNames names, Spot spot) throws NotRead {
        String[] name = names.of(spot).split("/");
        return "/projects/" + Encoded.segment(name[0]) + "/repos/" + Encoded.segment(name[1]);
    }
}
