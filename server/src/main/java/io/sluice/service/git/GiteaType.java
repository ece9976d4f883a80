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

/** {@code gitea}: the repositories of an account on a Gitea or Forgejo server. */
record GiteaType(Reach reach) implements ServiceType {
    @Override
    public String name() {
        return "gitea";
    }

    @Override
    public String label() {
        return "Gitea";
    }

    @Override
    public String description() {
        return "Repositories on a Gitea or Forgejo server; read only.";
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
                        .describedAs("The root of the API: https://git.example.com/api/v1."),
                ConfigField.of("vendor", "Account or Organization", "string")
                        .asRequired()
                        .describedAs("The owner of the repositories."),
                ConfigField.of("token", "Access Token", "password")
                        .describedAs("Needed for private repositories; read:repository reads all, write:repository also"
                                + " writes statuses and webhooks."),
                Logins.COMMIT_STATUS);
    }

    @Override
    public Service open(ServiceDefinition definition) {
        URI base = BaseUrl.web(
                definition.text("base_url").orElseThrow(() -> ApiException.badRequest("The config needs a base_url.")));
        OwnedNames names = new OwnedNames(Logins.owner(
                "vendor",
                definition.text("vendor").orElseThrow(() -> ApiException.badRequest("The config needs a vendor."))));
        Optional<String> token = Logins.token(definition);
        HostApi calls = new HostApi(
                base,
                token.map(text -> Map.of("Authorization", "token " + text)).orElse(Map.of()),
                reach);
        JsonApi api = new JsonApi(calls, "application/json", new Refusals(calls.host(), "Gitea", token.isPresent()));
        RepoHost files = new GiteaRepositories(names, api);
        return new ProviderService(definition, files, new GiteaHistory(names, api, files), new GiteaWrites(names, api));
    }
}
