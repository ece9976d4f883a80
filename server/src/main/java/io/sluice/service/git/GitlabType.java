package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.service.BaseUrl;
import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code gitlab}: the projects of a group or user at GitLab.com or a GitLab of one's own. */
record GitlabType(Reach reach) implements ServiceType {
    private static final String PUBLIC_API = "https://gitlab.com/api/v4/";

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public String label() {
        return "GitLab";
    }

    @Override
    public String description() {
        return "Repositories at GitLab.com or a GitLab of your own; read only.";
    }

    @Override
    public String group() {
        return "Source Control";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("base_url", "API URL", "string")
                        .asRequired()
                        .or(PUBLIC_API)
                        .describedAs("The root of the API: https://gitlab.example.com/api/v4/."),
                ConfigField.of("namespace", "Group or User", "string")
                        .describedAs(
                                "The owner of the repositories, a sub-group with its path: group/team. Empty: the user"
                                        + " of the token."),
                ConfigField.of("token", "Access Token", "password")
                        .asRequired()
                        .describedAs(
                                "Personal, group or project token; read_api reads all, api also writes statuses and"
                                        + " webhooks."),
                Logins.COMMIT_STATUS);
    }

    @Override
    public Service open(ServiceDefinition definition) {
        URI base = BaseUrl.web(definition.text("base_url").orElse(PUBLIC_API));
        Optional<String> token = Logins.token(definition);
        HostApi calls = new HostApi(
                base, token.map(text -> Map.of("PRIVATE-TOKEN", text)).orElse(Map.of()), reach);
        JsonApi api = new JsonApi(calls, "application/json", new Refusals(calls.host(), "GitLab", token.isPresent()));
        GitlabNames names = new GitlabNames(namespace(definition), api);
        if (token.isEmpty() && namespace(definition).isEmpty()) {
            throw ApiException.badRequest("The config needs a token, or a namespace whose repositories are public.");
        }
        RepoHost files = new GitlabRepositories(names, api);
        return new ProviderService(
                definition, files, new GitlabHistory(names, api, files), new GitlabWrites(names, api));
    }

    private static Optional<String> namespace(ServiceDefinition definition) {
        Optional<String> namespace =
                definition.text("namespace").map(text -> text.trim().replaceAll("^/+|/+$", ""));
        namespace.ifPresent(path -> List.of(path.split("/")).forEach(name -> Logins.owner("namespace", name)));
        return namespace;
    }
}
