package io.sluice.service.file.webdav;

import io.sluice.api.ApiException;
import io.sluice.outbound.Hosts;
import io.sluice.service.BaseUrl;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** {@code webdav_file}: a folder of a WebDAV server. */
public record WebDavFiles(Hosts hosts) implements StoreKind {
    @Override
    public String name() {
        return "webdav_file";
    }

    @Override
    public String label() {
        return "WebDAV File Storage";
    }

    @Override
    public String description() {
        return "Files and folders of a WebDAV server.";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("base_uri", "Base URI", "string")
                        .asRequired()
                        .describedAs("The address of a folder: https://dav.example.com/files."),
                ConfigField.of("username", "User Name", "string"),
                ConfigField.of("password", "Password", "password"),
                ConfigField.of("auth_type", "Authentication", "integer")
                        .describedAs(
                                "1 Basic, 2 Digest; when empty, what the server asks for. 4 (NTLM) is not supported."),
                ConfigField.of("encoding", "Encoding", "integer")
                        .describedAs(
                                "Taken from existing configs and without effect: files are never packed on their way."),
                ConfigField.of("proxy", "Proxy", "string").describedAs("Not supported; must be empty."),
                ConfigField.of("container", "Path", "string")
                        .describedAs(
                                "A folder below the base URI, which is all that the service shows. Made at the first write."));
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        URI base = BaseUrl.web(
                definition
                        .text("base_uri")
                        .orElseThrow(() -> ApiException.badRequest("The config needs the field 'base_uri'.")),
                "base_uri");
        if (definition.text("proxy").isPresent()) {
            throw ApiException.badRequest("The field 'proxy' must be empty: WebDAV servers are called without a proxy,"
                    + " since Sluice itself judges the address that it connects to.");
        }
        FilePath container = FilePath.of(definition.text("container").orElse("").replaceAll("^/+|/+$", ""));
        DavServer server = new DavServer(hosts.at(base), Credentials.of(definition));
        return new DavStore(server, new DavAddresses(base, container), InstantSource.system());
    }
}
