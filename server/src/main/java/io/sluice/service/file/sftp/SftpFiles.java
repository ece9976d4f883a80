package io.sluice.service.file.sftp;

import io.sluice.service.ConfigField;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.connected.ConnectedStore;
import io.sluice.service.file.connected.Server;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code sftp_file}: a folder of an SSH server.
 *
 * @param roots below which files of private keys may lie
 */
public record SftpFiles(LocalRoots roots) implements StoreKind {
    private static final int PORT = 22;

    @Override
    public String name() {
        return "sftp_file";
    }

    @Override
    public String label() {
        return "SFTP File Storage";
    }

    @Override
    public String description() {
        return "Files and folders of a server, over SSH.";
    }

    @Override
    public List<ConfigField> config() {
        return Stream.concat(Server.fields(PORT).stream(), fields()).toList();
    }

    private static Stream<ConfigField> fields() {
        return Stream.of(
                ConfigField.of("username", "Username", "string").asRequired(),
                ConfigField.of("password", "Password", "password")
                        .describedAs("Of the user; with a private key that is encrypted, its passphrase."),
                ConfigField.of("private_key", "Private Key", "password")
                        .describedAs(
                                "Its text (OpenSSH or PEM), or the path of its file below the server's file roots."),
                ConfigField.of("host_fingerprint", "Host Fingerprint", "string")
                        .describedAs(
                                "The fingerprint of the server's key: SHA256:… as ssh-keygen -l prints it, or MD5 in hex. Without it"
                                        + " nothing is sent, and the error tells the fingerprint that the server shows; the word any"
                                        + " takes every key, also that of somebody in between."),
                ConnectedStore.containerField());
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        Server server = Server.of(definition, PORT);
        HostKeys hostKeys = HostKeys.of(definition.text("host_fingerprint"));
        return new ConnectedStore(
                definition, server, new SftpConnector(server, hostKeys, Credentials.of(definition, roots)));
    }
}
