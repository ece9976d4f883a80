package io.sluice.service.file.sftp;

import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.connected.Connection;
import io.sluice.service.file.connected.Connector;
import io.sluice.service.file.connected.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;

/** Logs in to one SSH server. The threads of its client start with the first connection. */
final class SftpConnector implements Connector {
    private final Server server;
    private final HostKeys hostKeys;
    private final Credentials credentials;
    private @Nullable SshClient client;

    SftpConnector(Server server, HostKeys hostKeys, Credentials credentials) {
        this.server = server;
        this.hostKeys = hostKeys;
        this.credentials = credentials;
    }

    private synchronized SshClient client() {
        if (client == null) {
            client = started();
        }
        return client;
    }

    /** Nothing of this machine's user is used: no keys, no agent, no configuration. */
    private SshClient started() {
        SshClient made = SshClient.setUpDefaultClient();
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setServerKeyVerifier((session, address, key) -> false); // each session has its own
        CoreModuleProperties.TCP_NODELAY.set(made, true);
        CoreModuleProperties.AUTH_TIMEOUT.set(made, server.timeout());
        CoreModuleProperties.IDLE_TIMEOUT.set(made, server.timeout()); // a server that says nothing more is gone
        CoreModuleProperties.CHANNEL_OPEN_TIMEOUT.set(made, server.timeout());
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(made, server.timeout());
        made.start();
        return made;
    }

    @Override
    public Connection connect(InetAddress address) throws IOException {
        var keys = credentials.key().load();
        ClientSession session = client().connect(credentials.username(), new InetSocketAddress(address, server.port()))
                .verify(server.timeout())
                .getClientSession();
        try {
            logIn(session, keys);
            return SftpConnection.over(session, SftpClientFactory.instance().createSftpClient(session));
        } catch (IOException | RuntimeException e) {
            session.close(true);
            throw e;
        }
    }

    private void logIn(ClientSession session, Iterable<KeyPair> keys) throws IOException {
        ShownKey shown = new ShownKey(hostKeys);
        session.setServerKeyVerifier(shown);
        credentials.password().ifPresent(session::addPasswordIdentity);
        keys.forEach(session::addPublicKeyIdentity);
        try {
            session.auth().verify(server.timeout());
        } catch (SshException e) {
            shown.refuse(e);
            throw isAboutLogin(e) ? StoreFailure.denied("its server refuses the login", e) : e;
        }
    }

    private static boolean isAboutLogin(SshException e) {
        return e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                || String.valueOf(e.getMessage()).contains("Too many authentication failures");
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
        }
    }
}
