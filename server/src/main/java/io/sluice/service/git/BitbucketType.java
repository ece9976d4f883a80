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

/** {@code bitbucket}: the repositories of a workspace in Bitbucket's cloud, or of a project of a Bitbucket Server or Data Center. */
record BitbucketType(Reach reach) implements ServiceType {
    private static final String PUBLIC_API = "https://api.bitbucket.org/2.0";
    private static final String SERVER_API = "/rest/api/1.0";

    @Override
    public String name() {
        return "bitbucket";
    }

    @Override
    public String label() {
        return "Bitbucket";
    }

    @Override
    public String description() {
        return "Repositories in Bitbucket's cloud or on a Bitbucket Server or Data Center; read only.";
    }

    @Override
    public String group() {
        return "Source Control";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("vendor", "Workspace or Project", "string")
                        .asRequired()
                        .describedAs(
                                "The owner of the repositories: a workspace of the cloud, the key of a project of a"
                                        + " server."),
                ConfigField.of("username", "Username", "string")
                        .describedAs(
                                "With a password or an app password. In the cloud it is taken for the workspace too,"
                                        + " unless it is an email address."),
                ConfigField.of("password", "Password", "password").describedAs("An app password of the cloud."),
                ConfigField.of("token", "Access Token", "password")
                        .describedAs("Alone, or as the password of the username."),
                ConfigField.of("base_url", "API URL", "string")
                        .or(PUBLIC_API)
                        .describedAs("The root of the API. A server: https://bitbucket.example.com/rest/api/1.0."),
                Logins.COMMIT_STATUS);
    }

    @Override
    public Service open(ServiceDefinition definition) {
        String vendor =
                definition.text("vendor").orElseThrow(() -> ApiException.badRequest("The config needs a vendor."));
        Optional<String> configured = definition.text("base_url");
        URI base = BaseUrl.web(configured.orElse(PUBLIC_API));
        return isCloud(base) ? cloud(definition, base, vendor) : server(definition, base, vendor);
    }

    private static boolean isCloud(URI base) {
        return base.toString().endsWith("/2.0") || "api.bitbucket.org".equalsIgnoreCase(base.getHost());
    }

    private Service cloud(ServiceDefinition definition, URI base, String vendor) {
        String workspace =
                definition.text("username").filter(name -> !name.contains("@")).orElse(vendor);
        OwnedNames names = new OwnedNames(Logins.owner("vendor", workspace));
        JsonApi api = api(definition, base, "Bitbucket");
        BitbucketRepositories files = new BitbucketRepositories(names, api);
        return new ProviderService(
                definition, files, new BitbucketHistory(names, api, files), new BitbucketWrites(names, api));
    }

    private Service server(ServiceDefinition definition, URI base, String vendor) {
        URI root = base.getPath().contains("/rest/api/") ? base : URI.create(base + SERVER_API);
        OwnedNames names = new OwnedNames(Logins.owner("vendor", vendor));
        JsonApi api = api(definition, root, "Bitbucket Server");
        BitbucketServerRepositories files = new BitbucketServerRepositories(names, api);
        String site = root.toString().replaceFirst("/rest/api/.*", "");
        return new ProviderService(
                definition,
                files,
                new BitbucketServerHistory(names, api, files),
                new BitbucketServerWrites(names, api, site));
    }

    private JsonApi api(ServiceDefinition definition, URI base, String product) {
        Optional<String> login = login(definition);
        HostApi calls = new HostApi(
                base, login.map(text -> Map.of("Authorization", text)).orElse(Map.of()), reach);
        return new JsonApi(calls, "application/json", new Refusals(calls.host(), product, login.isPresent()));
    }

    private static Optional<String> login(ServiceDefinition definition) {
        Optional<String> username = definition.text("username");
        Optional<String> token = Logins.token(definition);
        Optional<String> secret = token.or(() -> definition.text("password"));
        return username.isPresent()
                ? secret.map(text -> Logins.basic(username.get(), text))
                : token.map(text -> "Bearer " + text);
    }
}
