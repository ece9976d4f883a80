package io.sluice.service.git;

import io.sluice.service.CommitFeedback.State;
import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.HookMaker.Made;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Build statuses and webhooks of Bitbucket's cloud, API 2.0. */
record BitbucketWrites(OwnedNames names, JsonApi api) implements HostWrites {
    @Override
    public void tell(Spot spot, String commit, Status status) throws NotRead {
        api.write(
                "POST",
                repository(spot) + "/commit/" + commit + "/statuses/build",
                Map.of(
                        "key", status.context(),
                        "name", status.context(),
                        "state", word(status.state()),
                        "description", status.description(),
                        // Bitbucket wants an address behind each status; the commit itself says nothing false.
                        "url", "https://bitbucket.org/" + Encoded.path(names.of(spot)) + "/commits/" + commit),
                "the commit status",
                "the right 'Repositories: write'");
    }

    static String word(State state) {
        return switch (state) {
            case PENDING -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE -> "FAILED";
        };
    }

    @Override
    public Made.Ready make(Spot spot, URI address, String secret) throws NotRead {
        Hooks hooks = new Hooks(
                api,
                repository(spot) + "/hooks",
                number -> "?pagelen=100&page=" + number,
                page -> page.at("values"),
                hook -> hook.at("url").text(),
                hook -> hook.at("uuid").text(),
                "PUT",
                "the right 'Webhooks: read and write', and its owner must be an administrator of the repository");
        return hooks.put(
                address.toString(),
                Map.of(
                        "description",
                        "Sluice",
                        "url",
                        address.toString(),
                        "active",
                        true,
                        "secret",
                        secret,
                        "events",
                        List.of("repo:push")));
    }

    private String repository(Spot spot) throws NotRead {
        return BitbucketRepositories.repository(names, spot);
    }
}
