package io.sluice.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** sshd of OpenSSH: SFTP version 3, login by key as whoever runs the test. */
public final class OpenSsh implements SftpPeer {
    private final ChildServer server;
    private final int port;
    private final Path work;

    private OpenSsh(ChildServer server, int port, Path work) {
        this.server = server;
        this.port = port;
        this.work = work;
    }

    public static void need() {
        boolean here = ChildServer.program("sshd").isPresent()
                && ChildServer.program("ssh-keygen").isPresent();
        Backends.need("openssh", here, "the Debian packages openssh-server and openssh-client");
    }

    /** {@code work}: for its own files; a folder {@code files} is made in it, where logins start. */
    public static OpenSsh start(Path work) throws IOException, InterruptedException {
        return start(work, "");
    }

    /** {@code options}: of its SFTP part, such as {@code -R} for reading only. */
    public static OpenSsh start(Path work, String options) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("files"));
        key(work.resolve("host"), "ed25519", "");
        key(work.resolve("user"), "ed25519", "");
        int port = freePort();
        Path config = Files.writeString(work.resolve("sshd.conf"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                MaxStartups 100
                Subsystem sftp internal-sftp %s -d %s
                """.formatted(
                        port, work.resolve("host"), work.resolve("user.pub"), options, folder));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // where sshd locks itself in before a login
        }
        List<String> command =
                List.of(ChildServer.program("sshd").orElseThrow().toString(), "-D", "-e", "-f", config.toString());
        return new OpenSsh(
                ChildServer.start(command, new InetSocketAddress("127.0.0.1", port), work.resolve("sshd.log")),
                port,
                work);
    }

    /** Makes a pair of keys: that file, and the public one beside it. */
    public static void key(Path file, String type, String passphrase, String... more)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                ChildServer.program("ssh-keygen").orElseThrow().toString(),
                "-q",
                "-t",
                type,
                "-N",
                passphrase,
                "-f",
                file.toString()));
        command.addAll(List.of(more));
        said(command);
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
        return said;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Whose owner may log in, besides the one that was made for it. */
    public void alsoAllow(Path publicKey) throws IOException {
        Path allowed = work.resolve("user.pub");
        Files.writeString(allowed, Files.readString(allowed) + Files.readString(publicKey));
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path folder() {
        return work.resolve("files");
    }

    @Override
    public Map<String, Object> login() {
        try {
            return Map.of(
                    "username", System.getProperty("user.name"), "private_key", Files.readString(work.resolve("user")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String fingerprint() {
        return fingerprint("sha256");
    }

    /** By {@code sha256} or {@code md5}, told by ssh-keygen. */
    public String fingerprint(String hash) {
        try {
            return said(List.of(
                            ChildServer.program("ssh-keygen").orElseThrow().toString(),
                            "-l",
                            "-E",
                            hash,
                            "-f",
                            work.resolve("host.pub").toString()))
                    .split(" ")[1];
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
