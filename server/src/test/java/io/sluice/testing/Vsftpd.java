package io.sluice.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/**
 * vsftpd of Debian: knows no MLSD, renames over files. Runs as whoever runs the test, with a login that is anonymous by its name and must
 * know the password. Files with {@code denied} in their names are refused.
 */
public final class Vsftpd implements FtpPeer {
    private static final String PASSWORD = "only-this-one";
    private final ChildServer server;
    private final Path folder;

    private Vsftpd(ChildServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static void need() {
        Backends.need("vsftpd", ChildServer.program("vsftpd").isPresent(), "the Debian package vsftpd");
    }

    /**
     * @param work for its own files; a folder {@code files} is made in it
     * @param certificate with one, logins and data without TLS are refused, and data must go on with the session of the login
     */
    public static Vsftpd start(Path work, int first, int count, Optional<OwnCertificate> certificate)
            throws IOException, GeneralSecurityException {
        Path folder = Files.createDirectory(work.resolve("files"));
        Path passwords = Files.writeString(work.resolve("passwords"), PASSWORD + "\n");
        Path empty = Files.createDirectory(work.resolve("empty"));
        String text = """
                listen=YES
                listen_address=%s
                listen_port=%d
                pasv_min_port=%d
                pasv_max_port=%d
                background=NO
                run_as_launching_user=YES
                seccomp_sandbox=NO
                secure_chroot_dir=%s
                allow_writeable_chroot=YES
                local_enable=NO
                anonymous_enable=YES
                secure_email_list_enable=YES
                email_password_file=%s
                anon_root=%s
                write_enable=YES
                anon_upload_enable=YES
                anon_mkdir_write_enable=YES
                anon_other_write_enable=YES
                anon_world_readable_only=NO
                anon_umask=022
                utf8_filesystem=YES
                deny_file={*denied*}
                """.formatted(ADDRESS, first, first + 1, first + count - 1, empty, passwords, folder);
        Path config = Files.writeString(work.resolve("vsftpd.conf"), text + tls(work, certificate));
        return new Vsftpd(
                ChildServer.start(
                        List.of(ChildServer.program("vsftpd").orElseThrow().toString(), config.toString()),
                        new InetSocketAddress(ADDRESS, first),
                        work.resolve("vsftpd.log")),
                folder);
    }

    private static String tls(Path work, Optional<OwnCertificate> certificate)
            throws IOException, GeneralSecurityException {
        if (certificate.isEmpty()) {
            return "";
        }
        Path pem = Files.writeString(work.resolve("own.pem"), certificate.get().pem());
        Path key = Files.writeString(work.resolve("own.key"), certificate.get().keyPem());
        return """
                ssl_enable=YES
                allow_anon_ssl=YES
                force_anon_logins_ssl=YES
                force_anon_data_ssl=YES
                require_ssl_reuse=YES
                ssl_ciphers=HIGH
                rsa_cert_file=%s
                rsa_private_key_file=%s
                """.formatted(pem, key);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String username() {
        return "anonymous";
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        server.close();
    }
}
