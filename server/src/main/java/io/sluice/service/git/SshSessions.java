package io.sluice.service.git;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** Sessions for one exchange, which hears what comes in over them. */
final class SshSessions extends SshSessionFactory {
    private final SshServer server;
    private final GitExchange exchange;

    SshSessions(SshServer server, GitExchange exchange) {
        this.server = server;
        this.exchange = exchange;
    }

    @Override
    public RemoteSession2 getSession(
            URIish address, @Nullable CredentialsProvider credentials, @Nullable FS files, int millis)
            throws TransportException {
        try {
            return new Session(server.connect(Duration.ofMillis(exchange.connectMillis())), exchange);
        } catch (IOException e) {
            throw new TransportException("no session", e);
        }
    }

    @Override
    public String getType() {
        return "sluice";
    }

    /** A login. */
    private record Session(ClientSession session, GitExchange exchange) implements RemoteSession2 {
        @Override
        public Process exec(String command, int seconds) throws IOException {
            return exec(command, Map.of(), seconds);
        }

        @Override
        public Process exec(String command, Map<String, String> environment, int seconds) throws IOException {
            ChannelExec channel = session.createExecChannel(command);
            environment.forEach(channel::setEnv);
            channel.open().verify(Duration.ofMillis(exchange.connectMillis()));
            return new SshProcess(channel, exchange);
        }

        @Override
        public void disconnect() {
            session.close(true);
        }
    }
}
