package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.service.BaseUrl;
import io.sluice.service.ConfigField;
import io.sluice.service.LocalRoots;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code git}: any repository by its address. */
record GitType(LocalRoots roots, NetLimits limits) implements ServiceType {
    @Override
    public String name() {
        return "git";
    }

    @Override
    public String label() {
        return "Git";
    }

    @Override
    public String description() {
        return "Repositories on any Git server, or in a folder of this machine; read only.";
    }

    @Override
    public String group() {
        return "Source Control";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("base_url", "Base URL", "string")
                        .asRequired()
                        .describedAs(
                                "What the addresses of the repositories begin with: https://git.example.com/team, or a folder"
                                        + " such as file:///srv/git."),
                ConfigField.of("username", "Username", "string")
                        .describedAs("For https. With a token: git when empty."),
                ConfigField.of("password", "Password", "password"),
                ConfigField.of("token", "Token", "password").describedAs("An access token, used as the password."),
                ConfigField.of("private_key", "Private Key", "password")
                        .describedAs("For ssh, which is not there yet."),
                ConfigField.of("host_fingerprint", "Host Fingerprint", "string")
                        .describedAs("For ssh, which is not there yet."));
    }

    @Override
    public Service open(ServiceDefinition definition) {
        String base =
                definition.text("base_url").orElseThrow(() -> ApiException.badRequest("The config needs a base_url."));
        RepositorySource source = source(base, definition);
        return new SourceControlService(
                definition.name(), new GitRepositories(source), Optional.of(new GitHistory(source)));
    }

    private RepositorySource source(String base, ServiceDefinition definition) {
        if (base.matches("[^/:\\s]+@[^/:\\s]+:.*")) {
            throw sshIsNotThereYet();
        }
        URI uri = BaseUrl.parse(base);
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http", "https" -> new RemoteSource(BaseUrl.web(base), credentials(definition), limits);
            case "file" -> new FolderSource(folder(uri), roots);
            case "ssh", "git+ssh" -> throw sshIsNotThereYet();
            default -> throw ApiException.badRequest("The base_url must begin with https://, http:// or file://.");
        };
    }

    private static ApiException sshIsNotThereYet() {
        return ApiException.notImplemented(
                "Git over ssh is not there yet. Use the https address of the host with a token.");
    }

    private Path folder(URI uri) {
        String path = uri.getPath();
        if (path == null || path.isEmpty() || uri.getRawAuthority() != null) {
            throw ApiException.badRequest("A file: base_url has three slashes and an absolute path: file:///srv/git.");
        }
        return roots.resolve(path);
    }

    private static Optional<Credentials> credentials(ServiceDefinition definition) {
        Optional<String> secret = definition.text("token").or(() -> definition.text("password"));
        return secret.map(text -> new Credentials(definition.text("username").orElse("git"), text));
    }
}
