package io.sluice.service.git;

import io.sluice.service.CommitFeedback;
import io.sluice.service.HookMaker;
import io.sluice.service.ServiceDefinition;
import java.net.URI;
import java.util.Optional;

/** A host with an API of its own: statuses and webhooks can be put there. */
final class ProviderService extends SourceControlService implements CommitFeedback, HookMaker {
    /** More than that, some hosts refuse. */
    private static final int LONGEST_DESCRIPTION = 140;

    private final HostWrites writes;
    private final boolean wanted;

    ProviderService(ServiceDefinition definition, RepoHost host, RepoHistory history, HostWrites writes) {
        super(definition.name(), host, history);
        this.writes = writes;
        this.wanted = definition.flag("commit_status");
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public Optional<String> tell(String repository, String commit, Status status) {
        try {
            Spot spot = spot(repository, commit);
            if (!spot.isCommitId()) {
                return Optional.of("'" + Spot.shown(commit) + "' is not the id of a commit");
            }
            writes.tell(spot, commit, cut(status));
            return Optional.empty();
        } catch (NotRead e) {
            return Optional.of(e.why());
        }
    }

    private static Status cut(Status status) {
        String text = status.description();
        return text.length() <= LONGEST_DESCRIPTION
                ? status
                : new Status(status.state(), status.context(), text.substring(0, LONGEST_DESCRIPTION - 1) + "…");
    }

    @Override
    public Made make(String repository, URI address, String secret) {
        try {
            return writes.make(spot(repository, ""), address, secret);
        } catch (NotRead e) {
            return new Made.Refused(e.why());
        }
    }
}
