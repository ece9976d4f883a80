package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.service.BaseUrl;
import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code github}: the repositories of an account at GitHub or a GitHub Enterprise server. */
record GithubType(NetLimits limits) implements ServiceType {
    private static final String PUBLIC_API = "https://api.github.com";

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
                        .describedAs("The root of the API. GitHub Enterprise: https://ghe.example.com/api/v3."));
    }

    @Override
    public Service open(ServiceDefinition definition) {
        String vendor =
                definition.text("vendor").orElseThrow(() -> ApiException.badRequest("The config needs a vendor."));
        if (!vendor.matches("[A-Za-z0-9_.-]+") || vendor.matches("\\.+")) {
            throw ApiException.badRequest("The vendor must be the name of an account, as in its address.");
        }
        URI base = BaseUrl.web(definition.text("base_url").orElse(PUBLIC_API));
        return new SourceControlService(
                definition.name(),
                new GithubRepositories(vendor, new GithubApi(base, authorization(definition), limits)),
                Optional.empty());
    }

    private static Optional<String> authorization(ServiceDefinition definition) {
        Optional<String> token = definition.text("token").map(String::trim);
        if (token.isPresent()) {
            return token.map(text -> "Bearer " + visible(text));
        }
        return definition
                .text("password")
                .map(password -> basic(definition.text("username").orElse(""), password));
    }

    private static String visible(String token) {
        if (!token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw ApiException.badRequest("The token holds characters that no token has.");
        }
        return token;
    }

    private static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return "Basic " + java.util.Base64.getEncoder().encodeToString(pair);
    }
}
