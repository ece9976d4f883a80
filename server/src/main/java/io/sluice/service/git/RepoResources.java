package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The REST API over one Git host, read only: {@code _repo} in the host's own words, the others alike for all hosts. */
final class RepoResources {
    private static final String REPO = "_repo";
    private static final String BRANCH = "_branch";
    private static final String TAG = "_tag";
    private static final String COMMIT = "_commit";
    private static final List<String> ALL = List.of(REPO, BRANCH, TAG, COMMIT);

    // What a repository holds shares an origin with the admin UI.
    private static final Map<String, String> RAW_HEADERS =
            Map.of("X-Content-Type-Options", "nosniff", "Content-Security-Policy", "sandbox");

    static final Catalogue CATALOGUE = new Catalogue(Stream.concat(Stream.of(""), ALL.stream())
            .map(path -> new Catalogue.Endpoint(path, List.of(Verb.GET)))
            .toList());

    private final String name;
    private final RepoHost host;
    private final RepoHistory history;

    RepoResources(String name, RepoHost host, RepoHistory history) {
        this.name = name;
        this.host = host;
        this.history = history;
    }

    ServiceResult answer(ServiceRequest request) {
        String first = request.resource().at(0);
        if (!first.isEmpty() && !ALL.contains(first)) {
            throw ApiException.notFound("Resource '" + first + "' not found for service '" + name + "'.");
        }
        if (request.verb() != Verb.GET) {
            throw ApiException.badRequest(request.verb()
                    + " requests " + (first.isEmpty() ? "without a resource" : "on resource '" + first + "'")
                    + " are not currently supported by the '" + name + "' service.");
        }
        try {
            return answer(first, request);
        } catch (NotRead e) {
            throw e.asAnswer();
        }
    }

    private ServiceResult answer(String first, ServiceRequest request) throws NotRead {
        Parameters parameters = request.parameters();
        return switch (first) {
            case "" ->
                list(parameters, ALL.stream().map(one -> Map.of("name", one)).toList());
            case REPO ->
                request.resource().size() == 1
                        ? list(parameters, host.repositories(page(parameters)))
                        : inside(request);
            case COMMIT -> list(parameters, commits(alone(request)));
            default -> list(parameters, named(first, alone(request)));
        };
    }

    /** Lists are of a whole repository: nothing stands behind its name. */
    private static ServiceRequest alone(ServiceRequest request) throws NotRead {
        if (request.resource().size() > 2) {
            throw NotRead.missing(
                    "there is nothing behind the name of a repository here; a slash in it is written as %2F");
        }
        return request;
    }

    private static Page page(Parameters parameters) {
        long number = Math.clamp(parameters.number("page").orElse(1), 1, 1_000_000);
        return new Page(number, (int) Math.clamp(parameters.number("per_page").orElse(50), 1, 100));
    }

    private ServiceResult inside(ServiceRequest request) throws NotRead {
        Parameters parameters = request.parameters();
        Spot spot =
                spot(request, parameters.text("path").orElse(request.resource().from(2)));
        if (parameters.flag("content") && !spot.isRoot()) {
            return raw(host.read(spot).bytes());
        }
        Object seen = host.look(spot);
        return seen instanceof List<?> entries
                ? list(parameters, entries)
                : ServiceResult.ok(projected(seen, fields(parameters)));
    }

    private static Spot spot(ServiceRequest request, String path) throws NotRead {
        String reference = request.parameters().text("branch", "tag").orElse("");
        return Spot.of(new Address(request.resource().at(1), reference, path));
    }

    private List<Map<String, Object>> commits(ServiceRequest request) throws NotRead {
        Spot spot = spot(request, request.parameters().text("path").orElse(""));
        return history.commits(spot, page(request.parameters())).stream()
                .map(RepoResources::shown)
                .toList();
    }

    private static Map<String, Object> shown(Commit commit) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", commit.id());
        shown.put("date", commit.at().toString());
        shown.put("author", commit.author().orElse(null));
        shown.put("message", commit.message().orElse(null));
        return shown;
    }

    private List<Map<String, Object>> named(String resource, ServiceRequest request) throws NotRead {
        Spot spot = spot(request, "");
        Page page = page(request.parameters());
        if (resource.equals(TAG)) {
            return history.tags(spot, page).stream().map(RepoResources::shown).toList();
        }
        Optional<String> usual = history.defaultBranch(spot);
        return history.branches(spot, page).stream()
                .map(branch -> shown(branch, usual))
                .toList();
    }

    private static Map<String, Object> shown(NamedCommit tag) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", tag.name());
        shown.put("commit", tag.commit());
        return shown;
    }

    private static Map<String, Object> shown(NamedCommit branch, Optional<String> usual) {
        Map<String, Object> shown = shown(branch);
        shown.put("is_default", usual.filter(branch.name()::equals).isPresent());
        return shown;
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
}
