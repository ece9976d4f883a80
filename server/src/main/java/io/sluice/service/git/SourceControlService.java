package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.EventPath;
import io.sluice.service.GitHost;
import io.sluice.service.Service;
import io.sluice.service.TextSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The {@code _repo} API over one Git host, read only. */
final class SourceControlService implements Service, GitHost {
    private static final String REPO = "_repo";
    private static final byte[] LFS_POINTER =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);
    // What a repository holds shares an origin with the admin UI.
    private static final Map<String, String> RAW_HEADERS =
            Map.of("X-Content-Type-Options", "nosniff", "Content-Security-Policy", "sandbox");
    private static final Catalogue CATALOGUE = new Catalogue(
            List.of(new Catalogue.Endpoint("", List.of(Verb.GET)), new Catalogue.Endpoint(REPO, List.of(Verb.GET))));

    private final String name;
    private final RepoHost host;
    private final Optional<RepoHistory> history;

    SourceControlService(String name, RepoHost host, Optional<RepoHistory> history) {
        this.name = name;
        this.host = host;
        this.history = history;
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        String first = request.resource().at(0);
        if (!first.isEmpty() && !first.equals(REPO)) {
            throw ApiException.notFound("Resource '" + first + "' not found for service '" + name + "'.");
        }
        if (request.verb() != Verb.GET) {
            throw ApiException.badRequest(request.verb()
                    + " requests " + (first.isEmpty() ? "without a resource" : "on resource '" + REPO + "'")
                    + " are not currently supported by the '" + name + "' service.");
        }
        if (first.isEmpty()) {
            return list(request.parameters(), List.of(Map.of("name", REPO)));
        }
        try {
            return request.resource().size() == 1 ? repositories(request.parameters()) : inside(request);
        } catch (NotRead e) {
            throw e.asAnswer();
        }
    }

    private ServiceResult repositories(Parameters parameters) throws NotRead {
        long page = Math.max(1, parameters.number("page").orElse(1));
        long perPage = Math.clamp(parameters.number("per_page").orElse(50), 1, 100);
        return list(parameters, host.repositories(page, perPage));
    }

    private ServiceResult inside(ServiceRequest request) throws NotRead {
        Parameters parameters = request.parameters();
        String path = parameters.text("path").orElse(request.resource().from(2));
        String reference = parameters.text("branch", "tag").orElse("");
        Spot spot = Spot.of(new Address(request.resource().at(1), reference, path));
        if (parameters.flag("content") && !spot.isRoot()) {
            return raw(host.read(spot).bytes());
        }
        Object seen = host.look(spot);
        return seen instanceof List<?> entries
                ? list(parameters, entries)
                : ServiceResult.ok(projected(seen, fields(parameters)));
    }

    private static ServiceResult raw(byte[] bytes) {
        String type = TextSource.utf8(bytes).isPresent() ? "text/plain; charset=utf-8" : "application/octet-stream";
        return new ServiceResult(
                200, new Content.Bytes(() -> new ByteArrayInputStream(bytes), bytes.length, type), null, RAW_HEADERS);
    }

    private static ServiceResult list(Parameters parameters, List<?> entries) {
        if (parameters.flag("as_list")) {
            return ServiceResult.list(entries.stream()
                    .map(entry -> entry instanceof Map<?, ?> map && map.get("name") != null ? map.get("name") : entry)
                    .toList());
        }
        Optional<List<String>> fields = fields(parameters);
        return ServiceResult.list(
                entries.stream().map(entry -> projected(entry, fields)).toList());
    }

    private static Optional<List<String>> fields(Parameters parameters) {
        return parameters
                .text("fields", "select")
                .map(text -> List.of(text.trim().split("\\s*,\\s*")))
                .filter(names -> !names.contains("*"));
    }

    private static Object projected(Object entry, Optional<List<String>> fields) {
        if (fields.isEmpty() || !(entry instanceof Map<?, ?> map)) {
            return entry;
        }
        Map<Object, Object> some = new LinkedHashMap<>(map);
        some.keySet().retainAll(fields.get());
        return some;
    }

    @Override
    public Reading head(String repository, String reference) {
        try {
            Commit commit = host.head(Spot.of(new Address(repository, reference, "")));
            return new Reading.Found(commit.id(), commit.id(), commit.at(), commit.author(), commit.message());
        } catch (NotRead e) {
            return e.reading();
        }
    }

    @Override
    public Reading read(Address address) {
        try {
            Spot spot = Spot.of(address);
            return spot.isRoot() ? new Reading.Missing("no path is named in " + spot) : text(spot, host.read(spot));
        } catch (NotRead e) {
            return e.reading();
        }
    }

    @Override
    public String fullName(String repository) {
        return history.map(known -> known.fullName(repository)).orElse(repository.toLowerCase(Locale.ROOT));
    }

    @Override
    public Optional<String> defaultBranch(String repository) {
        try {
            return history.isPresent()
                    ? history.get().defaultBranch(Spot.of(new Address(repository, "", "")))
                    : Optional.empty();
        } catch (NotRead e) {
            return Optional.empty();
        }
    }

    @Override
    public Ancestry ancestry(String repository, String older, String newer) {
        try {
            Spot spot = Spot.of(new Address(repository, newer, ""));
            if (older.equals(newer)) {
                return Ancestry.SAME;
            }
            boolean ids = spot.isCommitId() && spot.at(older).isCommitId();
            return ids && history.isPresent() ? history.get().ancestry(spot, older, newer) : Ancestry.UNKNOWN;
        } catch (NotRead e) {
            return Ancestry.UNKNOWN;
        }
    }

    @Override
    public Optional<Map<String, String>> blobs(String repository, String commit) {
        try {
            return history.isPresent()
                    ? history.get().blobs(Spot.of(new Address(repository, commit, "")))
                    : Optional.empty();
        } catch (NotRead e) {
            return Optional.empty();
        }
    }

    private static Reading text(Spot spot, Blob blob) {
        if (Arrays.equals(
                blob.bytes(),
                0,
                Math.min(LFS_POINTER.length, blob.bytes().length),
                LFS_POINTER,
                0,
                LFS_POINTER.length)) {
            return new Reading.Missing(
                    spot + " is a pointer to a file in Git LFS; scripts must lie in the repository itself");
        }
        Commit commit = blob.commit();
        return TextSource.utf8(blob.bytes())
                .<Reading>map(
                        text -> new Reading.Found(text, commit.id(), commit.at(), commit.author(), commit.message()))
                .orElseGet(() -> new Reading.Missing(spot + " is not text: it is not valid UTF-8"));
    }

    @Override
    public Catalogue catalogue() {
        return CATALOGUE;
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        return request.resource().isRoot()
                ? List.of(new EventPath(name, ""))
                : List.of(new EventPath(
                        name + "." + request.resource().at(0),
                        request.resource().from(1)));
    }

    @Override
    public void close() {
        host.close();
    }
}
