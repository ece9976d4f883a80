package io.sluice.service.file.ftp;

import io.sluice.api.Parameters;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreKind;
import io.sluice.service.file.connected.ConnectedStore;
import io.sluice.service.file.connected.Server;
import java.util.List;
import java.util.stream.Stream;

/** {@code ftp_file}: a folder of an FTP server. */
public record FtpFiles() implements StoreKind {
    private static final int PORT = 21;

    @Override
    public String name() {
        return "ftp_file";
    }

    @Override
    public String label() {
        return "FTP File Storage";
    }

    @Override
    public String description() {
        return "Files and folders of an FTP server, in clear or with TLS.";
    }

    @Override
    public List<ConfigField> config() {
        return Stream.concat(Server.fields(PORT).stream(), fields()).toList();
    }

    private static Stream<ConfigField> fields() {
        return Stream.of(
                ConfigField.of("username", "Username", "string").describedAs("Default: anonymous."),
                ConfigField.of("password", "Password", "password"),
                ConfigField.of("ssl", "Use TLS", "boolean")
                        .or(false)
                        .describedAs("FTPS, explicit: logins and files are encrypted, or nothing is sent. The server's"
                                + " certificate must be trusted and be made out to the host."),
                ConfigField.of("ca_certificate", "CA Certificate", "text")
                        .describedAs(
                                "With TLS: trust this certificate (PEM, one or more; the server's own if it signed itself)"
                                        + " in place of those that Java trusts."),
                ConfigField.of("passive", "Passive Mode", "boolean")
                        .or(true)
                        .describedAs("Sluice opens the connections for data, not the server."),
                ConnectedStore.containerField());
    }

    @Override
    public FileStore open(ServiceDefinition definition) {
        Server server = Server.of(definition, PORT);
        Login login = new Login(
                definition.text("username").orElse("anonymous"),
                definition.text("password").orElse(""));
        boolean passive = definition.text("passive").map(Parameters::isTrue).orElse(true);
        Clients clients = definition.flag("ssl")
                ? new Clients.Encrypted(Trust.context(definition.text("ca_certificate")), server.host())
                : new Clients.Clear();
        return new ConnectedStore(definition, server, new FtpConnector(server, clients, login, passive));
    }
}
