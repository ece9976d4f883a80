package io.sluice.service.git;

import io.sluice.service.Outbound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jspecify.annotations.Nullable;

/** One SSH server. Nothing of this machine's user is used: no keys, no agent, no configuration. Thread-safe. */
final class SshServer implements AutoCloseable {
    private final String host;
    private final int port;
    private final SshLogin login;
    private @Nullable SshClient client;

    SshServer(String host, int port, SshLogin login) {
        this.host = host;
        this.port = port;
        this.login = login;
    }

    /** Its threads start with the first connection. */
    private synchronized SshClient client() {
        if (client == null) {
            SshClient made = SshClient.setUpDefaultClient();
            made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            made.setServerKeyVerifier((session, address, key) -> false); // each session has its own
            made.start();
            client = made;
        }
        return client;
    }

    /** A session that is logged in. Failures that may be told are {@link Outbound.Refused}. */
    ClientSession connect(Duration patience) throws IOException {
        InetSocketAddress address = new InetSocketAddress(Outbound.check(host).getFirst(), port);
        ClientSession session =
                client().connect(login.username(), address).verify(patience).getClientSession();
        try {
            logIn(session, patience);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close(true);
            throw e;
        }
    }

    private void logIn(ClientSession session, Duration patience) throws IOException {
        AtomicReference<String> shown = new AtomicReference<>("");
        session.setServerKeyVerifier((with, address, key) -> {
            shown.set(fingerprint(key));
            return login.fingerprint().filter(shown.get()::equals).isPresent();
        });
        login.keys().forEach(session::addPublicKeyIdentity);
        login.password().ifPresent(session::addPasswordIdentity);
        try {
            session.auth().verify(patience);
        } catch (SshException e) {
            throw explained(shown.get(), e);
        }
    }

    private static String fingerprint(PublicKey key) {
        return String.valueOf(KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
    }

    private IOException explained(String shown, SshException failure) {
        if (login.fingerprint().isEmpty()) {
            return refused(
                    "the key of the host " + host + " is not known. It shows " + shown
                            + "; if that is its key, set host_fingerprint of the service to it",
                    failure);
        }
        if (!shown.isEmpty() && !login.fingerprint().get().equals(shown)) {
            return refused("the host " + host + " shows another key than host_fingerprint says: " + shown, failure);
        }
        boolean denied = failure.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                || String.valueOf(failure.getMessage()).contains("Too many authentication failures");
        return denied
                ? refused("the host " + host + " refuses the login of this service; check its key or password", failure)
                : failure;
    }

    private static IOException refused(String why, Exception cause) {
        Outbound.Refused refused = new Outbound.Refused(why);
        refused.initCause(cause);
        return refused;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
        }
    }
}
