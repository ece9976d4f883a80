package io.sluice.service.git;

import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.HookMaker.Made;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Build statuses and webhooks of Bitbucket Server and Data Center, API 1.0.
 *
 * @param site where people look at it
 */
record BitbucketServerWrites(OwnedNames names, JsonApi api, String site) implements HostWrites {
    private static final int PAGE = 100;

    @Override
    public void tell(Spot spot, String commit, Status status) throws NotRead {
        api.write(
                "POST",
                repository(spot) + "/commits/" + commit + "/builds",
                Map.of(
                        "key", status.context(),
                        "name", status.context(),
                        "state", BitbucketWrites.word(status.state()),
                        "description", status.description(),
                        // It wants an address behind each status; the commit itself says nothing false.
                        "url", site + repository(spot) + "/commits/" + commit),
                "the commit status",
                "the right 'Repository read'");
    }

    @Override
    public Made.Ready make(Spot spot, URI address, String secret) throws NotRead {
        Hooks hooks = new Hooks(
                api,
                repository(spot) + "/webhooks",
                number -> "?start=" + (number - 1) * PAGE + "&limit=" + PAGE,
                page -> page.at("values"),
                hook -> hook.at("url").text(),
                hook -> GithubWrites.number(hook.at("id")),
                "PUT",
                "the right 'Repository admin'");
        return hooks.put(
                address.toString(),
                Map.of(
                        "name", "Sluice",
                        "url", address.toString(),
                        "active", true,
                        "events", List.of("repo:refs_changed"),
                        "configuration", Map.of("secret", secret)));
    }

    private String repository(Spot spot) throws NotRead {
        return BitbucketServerRepositories.repository(names, spot);
    }
}
