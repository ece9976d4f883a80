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

/** {@code github}: the repositories of an account at GitHub or a GitHub Enterprise server. */
record GithubType(Reach reach) implements ServiceType {
    private static final String PUBLIC_API = "https://api.github.com";
    private static final String JSON = "application/vnd.github+json";

    @Override
    public String name() {
        return "github";
    }

    @Override
    public String label() {
        return "GitHub";
    }

    @Override
    public String description() {
        return "Repositories at GitHub or GitHub Enterprise; read only.";
    }

    @Override
    public String group() {
        return "Source Control";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("vendor", "Account or Organization", "string")
                        .asRequired()
                        .describedAs("The owner of the repositories."),
                ConfigField.of("username", "Username", "string")
                        .describedAs("Only with a password; a token needs none."),
                ConfigField.of("password", "Password", "password")
                        .describedAs("Old GitHub Enterprise servers only; GitHub itself takes tokens."),
                ConfigField.of("token", "Personal Access Token", "password")
                        .describedAs("Needed for private repositories; needs no more than read access to contents."),
                ConfigField.of("base_url", "API URL", "string")
                        .or(PUBLIC_API)
                        .describedAs("The root of the API. GitHub Enterprise: https://ghe.example.com/api/v3."),
                Logins.COMMIT_STATUS);
    }

    @Override
    public Service open(ServiceDefinition definition) {
        OwnedNames names = new OwnedNames(Logins.owner(
                "vendor",
                definition.text("vendor").orElseThrow(() -> ApiException.badRequest("The config needs a vendor."))));
        URI base = BaseUrl.web(definition.text("base_url").orElse(PUBLIC_API));
        Optional<String> login = login(definition);
        HostApi calls = new HostApi(
                base, login.map(text -> Map.of("Authorization", text)).orElse(Map.of()), reach);
        JsonApi api = new JsonApi(calls, JSON, new Refusals(calls.host(), "GitHub", login.isPresent()));
        RepoHost files = new GithubRepositories(names, calls, api);
        return new ProviderService(
                definition, files, new GithubHistory(names, api, files), new GithubWrites(names, api));
    }

    private static Optional<String> login(ServiceDefinition definition) {
        return Logins.token(definition)
                .map(token -> "Bearer " + token)
                .or(() -> definition
                        .text("password")
                        .map(password ->
                                Logins.basic(definition.text("username").orElse(""), password)));
    }
}
