package io.sluice.service.git;

import io.sluice.service.git.GithubApi.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** GitHub's REST API. Commits are asked for conditionally, which GitHub does not count against its rate limit. */
final class GithubRepositories implements RepoHost {
    private static final String JSON = "application/vnd.github+json";
    private static final String RAW = "application/vnd.github.raw+json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String vendor;
    private final GithubApi api;
    private final GithubRefusals refusals;
    private final KnownCommits known = new KnownCommits();

    GithubRepositories(String vendor, GithubApi api) {
        this.vendor = vendor;
        this.api = api;
        this.refusals = new GithubRefusals(api.host(), api.hasCredentials());
    }

    @Override
    public Commit head(Spot spot) throws NotRead {
        String key = spot.repository() + "@" + spot.reference();
        Optional<KnownCommits.Known> before = known.find(key);
        if (before.isPresent() && spot.isCommitId()) {
            return before.get().commit();
        }
        String reference = spot.reference().isEmpty() ? "HEAD" : spot.reference();
        // One file of the commit's changes at most: they can be megabytes, and nobody reads them.
        Answer answer = api.get(
                repository(spot) + "/commits/" + encoded(reference) + "?per_page=1",
                JSON,
                before.map(KnownCommits.Known::etag).filter(tag -> !tag.isEmpty()));
        if (answer.status() == 304 && before.isPresent()) {
            return before.get().commit();
        }
        if (answer.status() == 409 || answer.status() == 422) {
            throw RefNames.unknown(spot);
        }
        refusals.check(
                answer,
                "the branch, tag or commit '" + Spot.shown(reference) + "' of " + Spot.shown(spot.repository()));
        Commit commit = commit(json(answer));
        known.keep(key, new KnownCommits.Known(answer.header("ETag"), commit));
        known.keep(spot.repository() + "@" + commit.id(), new KnownCommits.Known("", commit));
        return commit;
    }

    private Commit commit(Object answer) throws NotRead {
        if (answer instanceof Map<?, ?> top
                && top.get("sha") instanceof String id
                && id.matches("[0-9a-f]{40}")
                && top.get("commit") instanceof Map<?, ?> commit) {
            return new Commit(
                    id,
                    at(commit.get("committer")),
                    Optional.ofNullable(field(commit.get("author"), "name")),
                    Commit.firstLine(String.valueOf(commit.get("message"))));
        }
        throw refusals.nonsense();
    }

    private Instant at(@Nullable Object committer) throws NotRead {
        try {
            return Instant.parse(String.valueOf(field(committer, "date")));
        } catch (DateTimeException e) {
            throw refusals.nonsense();
        }
    }

    private static @Nullable String field(@Nullable Object map, String name) {
        return map instanceof Map<?, ?> fields && fields.get(name) instanceof String text ? text : null;
    }

    @Override
    public Blob read(Spot spot) throws NotRead {
        Commit commit = head(spot);
        // At the commit's id, not at the branch: it may have moved since.
        Answer answer = api.get(contents(spot) + "?ref=" + commit.id(), RAW, Optional.empty());
        refusals.check(answer, Spot.shown(spot.toString()));
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        if (type.contains("html") || type.startsWith("application/json") && !isFolder(answer)) {
            throw NotRead.unreachable("the host " + api.host() + " answered with something other than the file", null);
        }
        if (type.startsWith("application/json")) {
            throw NotRead.missing(Spot.shown(spot.toString()) + " is a folder");
        }
        if (answer.body().length > MAX_FILE_BYTES) {
            throw NotRead.missing(Spot.shown(spot.toString()) + " is larger than the " + MAX_FILE_BYTES / (1 << 20)
                    + " MB that a file may have");
        }
        return new Blob(answer.body(), commit);
    }

    private boolean isFolder(Answer answer) throws NotRead {
        return json(answer) instanceof List<?>;
    }

    @Override
    public Object look(Spot spot) throws NotRead {
        String query = spot.reference().isEmpty()
                ? ""
                : "?ref=" + encoded(spot.reference()).replace("/", "%2F");
        Answer answer = api.get(contents(spot) + query, JSON, Optional.empty());
        refusals.check(answer, Spot.shown(spot.toString()));
        return json(answer);
    }

    @Override
    public List<?> repositories(long page, long perPage) throws NotRead {
        String query = "/repos?page=" + page + "&per_page=" + perPage;
        Answer answer = api.get("/orgs/" + vendor + query, JSON, Optional.empty());
        if (answer.status() == 404) { // not an organisation: an account
            answer = api.get("/users/" + vendor + query, JSON, Optional.empty());
        }
        refusals.check(answer, "the account " + vendor);
        if (json(answer) instanceof List<?> repositories) {
            return repositories;
        }
        throw refusals.nonsense();
    }

    private Object json(Answer answer) throws NotRead {
        try {
            Object value = MAPPER.readValue(answer.body(), Object.class);
            if (value != null) {
                return value;
            }
        } catch (JacksonException e) {
            throw refusals.nonsense();
        }
        throw refusals.nonsense();
    }

    /** The owner is the service's, unless the repository brings its own: {@code owner/name}. */
    private String repository(Spot spot) throws NotRead {
        String[] names = spot.repository().split("/");
        if (names.length > 2) {
            throw NotRead.missing(
                    "there is no repository " + Spot.shown(spot.repository()) + ": it has the form name or owner/name");
        }
        return "/repos/" + (names.length == 1 ? vendor + "/" : "") + encoded(spot.repository());
    }

    private String contents(Spot spot) throws NotRead {
        return repository(spot) + "/contents/" + encoded(spot.path());
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    @Override
    public void close() {
        api.close();
    }
}
