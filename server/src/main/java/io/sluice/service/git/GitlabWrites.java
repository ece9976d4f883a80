package io.sluice.service.git;

import io.sluice.service.CommitFeedback.State;
import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.HookMaker.Made;
import java.net.URI;
import java.util.Map;

/** Statuses and webhooks of GitLab's REST API. */
record GitlabWrites(GitlabNames names, JsonApi api) implements HostWrites {
    @Override
    public void tell(Spot spot, String commit, Status status) throws NotRead {
        api.write(
                "POST",
                names.project(spot) + "/statuses/" + commit,
                Map.of("state", word(status.state()), "name", status.context(), "description", status.description()),
                "the commit status",
                "the scope 'api' and the role Developer");
    }

    private static String word(State state) {
        return switch (state) {
            case PENDING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failed";
        };
    }

    @Override
    public Made.Ready make(Spot spot, URI address, String secret) throws NotRead {
        Hooks hooks = new Hooks(
                api,
                names.project(spot) + "/hooks",
                number -> "?per_page=100&page=" + number,
                page -> page,
                hook -> hook.at("url").text(),
                hook -> GithubWrites.number(hook.at("id")),
                "PUT",
                "the scope 'api' and the role Maintainer");
        return hooks.put(
                address.toString(),
                Map.of(
                        "url", address.toString(),
                        "token", secret,
                        "push_events", true,
                        "tag_push_events", true,
                        "enable_ssl_verification", true));
    }
}
