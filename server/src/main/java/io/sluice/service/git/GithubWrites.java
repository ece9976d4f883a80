package io.sluice.service.git;

import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.HookMaker.Made;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Statuses and webhooks of GitHub's REST API. */
record GithubWrites(OwnedNames names, JsonApi api) implements HostWrites {
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
                "the right 'Commit statuses: write' (classic tokens: repo:status)");
    }

    @Override
    public Made.Ready make(Spot spot, URI address, String secret) throws NotRead {
        Hooks hooks = new Hooks(
                api,
                repository(spot) + "/hooks",
                number -> "?per_page=100&page=" + number,
                page -> page,
                hook -> hook.at("config", "url").text(),
                hook -> number(hook.at("id")),
                "PATCH",
                "the right 'Webhooks: write' (classic tokens: admin:repo_hook), and its owner must be an administrator of the repository");
        return hooks.put(address.toString(), hook(address, secret));
    }

    private static Map<String, ?> hook(URI address, String secret) {
        Map<String, String> config =
                Map.of("url", address.toString(), "content_type", "json", "secret", secret, "insecure_ssl", "0");
        return Map.of("name", "web", "active", true, "events", List.of("push"), "config", config);
    }

    static Optional<String> number(Json id) {
        return id.number().isPresent() ? Optional.of(Long.toString(id.number().getAsLong())) : Optional.empty();
    }

    private String repository(Spot spot) throws NotRead {
        return "/repos/" + Encoded.path(names.of(spot));
    }
}
