package io.sluice.service.file.sftp;

import io.sluice.service.file.StoreFailure;
import java.net.SocketAddress;
import java.security.PublicKey;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.jspecify.annotations.Nullable;

/** The key that the server of one session showed, and whether it is the right one. */
final class ShownKey implements ServerKeyVerifier {
    private final HostKeys right;
    private volatile @Nullable PublicKey wrong;

    ShownKey(HostKeys right) {
        this.right = right;
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        boolean accepted = right.accept(key);
        if (!accepted) {
            wrong = key;
        }
        return accepted;
    }

    /** Says so when the session failed because of the key. */
    void refuse(Exception cause) throws StoreFailure {
        PublicKey key = wrong;
        if (key != null) {
            String fingerprint = HostKeys.sha256(key) + " (" + KeyUtils.getKeyType(key) + ")";
            throw StoreFailure.denied(
                    right instanceof HostKeys.None
                            ? "its server's key is not known. It shows " + fingerprint
                                    + "; if that is its key, set host_fingerprint of the service to it"
                            : "its server shows another key than host_fingerprint says: " + fingerprint,
                    cause);
        }
    }
}
