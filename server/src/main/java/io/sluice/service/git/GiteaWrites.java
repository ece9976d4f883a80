package io.sluice.service.git;

import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.HookMaker.Made;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Statuses and webhooks of Gitea's REST API. */
record GiteaWrites(OwnedNames names, JsonApi api) implements HostWrites {
    @Override
    public void tell(Spot spot, String commit, Status status) throws NotRead {
        api.write(
                "POST",
                repository(spot) + "/statuses/" + commit,
                Map.of(
                        "state", status.state().name().toLowerCase(Locale.ROOT),
                        "context", status.context(),
                        "description", status.description()),
                "the commit status",
                "the scope 'write:repository', and its owner must be allowed to push");
    }

    @Override
    public Made.Ready make(Spot spot, URI address, String secret) throws NotRead {
        Hooks hooks = new Hooks(
                api,
                repository(spot) + "/hooks",
                number -> "?limit=50&page=" + number,
                page -> page,
                hook -> hook.at("config", "url").text(),
                hook -> GithubWrites.number(hook.at("id")),
                "PATCH",
                "the scope 'write:repository', and its owner must be an administrator of the repository");
        Map<String, String> config = Map.of("url", address.toString(), "content_type", "json", "secret", secret);
        return hooks.put(
                address.toString(),
                Map.of("type", "gitea", "active", true, "events", List.of("push"), "config", config));
    }

    private String repository(Spot spot) throws NotRead {
        return "/repos/" + Encoded.path(names.of(spot));
    }
}
