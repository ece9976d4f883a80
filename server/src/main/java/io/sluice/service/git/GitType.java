package io.sluice.service.git;

import io.sluice.api.ApiException;
import io.sluice.service.BaseUrl;
import io.sluice.service.ConfigField;
import io.sluice.service.LocalRoots;
import io.sluice.service.Outbound;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code git}: any repository by its address. */
record GitType(LocalRoots roots, NetLimits limits) implements ServiceType {
    private static final int SSH_PORT = 22;

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
                        .describedAs("What the addresses of the repositories begin with: https://git.example.com/team,"
                                + " ssh://git@git.example.com/team, or a folder such as file:///srv/git."),
                ConfigField.of("username", "Username", "string")
                        .describedAs("Who logs in. With a token or over ssh: git when empty."),
                ConfigField.of("password", "Password", "password")
                        .describedAs("Of the user; over ssh with a private key that is encrypted, its passphrase."),
                ConfigField.of("token", "Token", "password")
                        .describedAs("An access token, used as the password; https only."),
                ConfigField.of("private_key", "Private Key", "password")
                        .describedAs("For ssh: its text, in OpenSSH's form or PEM."),
                ConfigField.of("host_fingerprint", "Host Fingerprint", "string")
                        .describedAs(
                                "For ssh: the fingerprint of the server's key, SHA256:… as ssh-keygen -l prints it."
                                        + " Without it nothing is sent, and the error tells the one that the server shows."));
    }

    @Override
    public Service open(ServiceDefinition definition) {
        String base =
                definition.text("base_url").orElseThrow(() -> ApiException.badRequest("The config needs a base_url."));
        RepositorySource source = source(base, definition);
        return new SourceControlService(definition.name(), new GitRepositories(source), new GitHistory(source));
    }

    private RepositorySource source(String base, ServiceDefinition definition) {
        if (base.matches("[^/:\\s]+@[^/:\\s]+:.*")) {
            throw ApiException.badRequest("Write the base_url as an address: ssh://git@git.example.com/team.");
        }
        URI uri = BaseUrl.parse(base);
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http", "https" ->
                new RemoteSource(new GitDoor.Web(BaseUrl.web(base), credentials(definition)), limits);
            case "file" -> new FolderSource(folder(uri), roots);
            case "ssh" -> new RemoteSource(shell(uri, definition), limits);
            default ->
                throw ApiException.badRequest("The base_url must begin with https://, http://, ssh:// or file://.");
        };
    }

    private static GitDoor shell(URI uri, ServiceDefinition definition) {
        @Nullable String host = uri.getHost();
        @Nullable String user = uri.getUserInfo();
        if (host == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw ApiException.badRequest(
                    "The base_url must be an ssh address with a host: ssh://git@git.example.com/team.");
        }
        if (user != null && user.contains(":")) {
            throw ApiException.badRequest("The base_url must not hold a password: there is a field for it.");
        }
        if (Outbound.isMetadataLiteral(host)) {
            throw ApiException.badRequest("The base_url names a cloud's metadata service, which is never called.");
        }
        String username = definition.text("username").orElse(user == null ? "git" : user);
        int port = uri.getPort() < 0 ? SSH_PORT : uri.getPort();
        return new GitDoor.Shell(uri, new SshServer(host, port, SshLogin.of(username, definition)));
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
