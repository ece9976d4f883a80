package io.sluice.service.git;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.service.Catalogue;
import io.sluice.service.Described;
import io.sluice.service.EventPath;
import io.sluice.service.GitHost;
import io.sluice.service.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Git host as a service: its REST API, read only, and what scripts are linked to. */
class SourceControlService implements Service, GitHost, Described {
    private final String name;
    private final RepoHost host;
    private final RepoHistory history;
    private final LinkedTexts texts;
    private final RepoResources resources;

    SourceControlService(String name, RepoHost host, RepoHistory history) {
        this.name = name;
        this.host = host;
        this.history = history;
        this.texts = new LinkedTexts(host);
        this.resources = new RepoResources(name, host, history);
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        return request.resource().isRoot() && request.parameters().flag("as_access_list")
                ? ServiceResult.list(components())
                : resources.answer(request);
    }

    @Override
    public Reading head(String repository, String reference) {
        return texts.head(repository, reference);
    }

    @Override
    public Reading read(Address address) {
        return texts.read(address);
    }

    @Override
    public String fullName(String repository) {
        return history.fullName(repository);
    }

    @Override
    public Optional<String> knownName(String repository) {
        return history.knownName(repository);
    }

    @Override
    public Optional<String> defaultBranch(String repository) {
        try {
            return history.defaultBranch(spot(repository, ""));
        } catch (NotRead e) {
            return Optional.empty();
        }
    }

    @Override
    public Ancestry ancestry(String repository, String older, String newer) {
        try {
            Spot spot = spot(repository, newer);
            if (older.equals(newer)) {
                return Ancestry.SAME;
            }
            boolean ids = spot.isCommitId() && spot.at(older).isCommitId();
            return ids ? history.ancestry(spot, older, newer) : Ancestry.UNKNOWN;
        } catch (NotRead e) {
            return e.isPassing() ? Ancestry.UNANSWERED : Ancestry.UNKNOWN;
        }
    }

    @Override
    public Optional<Map<String, String>> blobs(String repository, String commit) {
        try {
            return history.blobs(spot(repository, commit));
        } catch (NotRead e) {
            return Optional.empty();
        }
    }

    static Spot spot(String repository, String reference) throws NotRead {
        return Spot.of(new Address(repository, reference, ""));
    }

    @Override
    public Catalogue catalogue() {
        return RepoResources.CATALOGUE;
    }

    @Override
    public Description describe(Scope scope) {
        return RepoOperations.ALL;
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
