package io.sluice.service.file.ftp;

import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.connected.Connection;
import io.sluice.service.file.connected.Connector;
import io.sluice.service.file.connected.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPReply;

/** Logs in to one FTP server. */
record FtpConnector(Server server, Clients clients, Login login, boolean passive) implements Connector {
    @Override
    public Connection connect(InetAddress address) throws IOException {
        FTPClient client = clients.make();
        try {
            prepare(client);
            client.connect(address, server.port());
            client.setTcpNoDelay(true);
            greet(client);
            return new FtpConnection(client, agree(client), home(client));
        } catch (IOException | RuntimeException e) {
            client.disconnect();
            throw e;
        }
    }

    private void prepare(FTPClient client) {
        int millis = Math.toIntExact(server.timeout().toMillis());
        client.setConnectTimeout(millis);
        client.setDefaultTimeout(millis);
        client.setDataTimeout(server.timeout());
        client.setControlEncoding(StandardCharsets.UTF_8.name());
        client.setListHiddenFiles(true);
    }

    private void greet(FTPClient client) throws IOException {
        if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
            throw StoreFailure.unreachable(
                    "its server takes no more connections (reply " + client.getReplyCode() + ")", null);
        }
        if (!client.login(login.username(), login.password())) {
            throw StoreFailure.denied(
                    "its server refuses the login (reply " + client.getReplyCode() + ")",
                    new IOException(client.getReplyString()));
        }
        clients.secure(client);
        if (passive) {
            client.enterLocalPassiveMode(); // to the host of the control connection, whatever address the server tells
        } else {
            client.enterLocalActiveMode();
        }
        client.setFileType(FTP.BINARY_FILE_TYPE);
    }

    private static Dialect agree(FTPClient client) throws IOException {
        boolean told = client.features();
        if (told && client.hasFeature("UTF8")) {
            client.sendCommand("OPTS", "UTF8 ON");
        }
        String system = Optional.ofNullable(client.getSystemType()).orElse("UNIX");
        FTPClientConfig listings = new FTPClientConfig(system);
        listings.setServerTimeZoneId("UTC");
        client.configure(listings);
        return new Dialect(told && client.hasFeature("MLST"), system.contains("Apache FtpServer"));
    }

    private static String home(FTPClient client) throws IOException {
        return Optional.ofNullable(client.printWorkingDirectory())
                .filter(folder -> folder.startsWith("/"))
                .orElse("/");
    }
}
