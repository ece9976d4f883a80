package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Apache MINA SSHD in this process: SFTP version 6, login by password, its folder is the root. */
public final class MinaSftp implements SftpPeer {
    private final SshServer server;
    private final Path folder;

    private MinaSftp(SshServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static MinaSftp start(Path folder) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.setPasswordAuthenticator((user, password, session) -> user.equals("ann") && password.equals("a secret"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.start();
        return new MinaSftp(server, folder);
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> login() {
        return Map.of("username", "ann", "password", "a secret");
    }

    @Override
    public String fingerprint() {
        return fingerprint(BuiltinDigests.sha256);
    }

    public String fingerprint(BuiltinDigests digest) {
        try {
            var pair = server.getKeyPairProvider().loadKeys(null).iterator().next();
            return KeyUtils.getFingerPrint(digest, pair.getPublic());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
