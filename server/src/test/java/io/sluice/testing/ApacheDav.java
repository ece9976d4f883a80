package io.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Apache's mod_dav, from Debian's package {@code apache2}: the same folder at two ports, one asks for Basic, one for Digest. */
public final class ApacheDav {
    private static final Path PROGRAM = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final List<String> LOADED = List.of(
            "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "auth_digest", "dav", "dav_fs");

    private static final String CONFIG =
            """
            ServerRoot %1$s
            ServerName 127.0.0.1
            PidFile %1$s/pid
            ErrorLog %1$s/error.log
            LogLevel warn
            Listen 127.0.0.1:%2$d
            Listen 127.0.0.1:%3$d
            DavLockDB %1$s/locks/db
            <Directory %1$s/public/files>
              Dav On
              AllowOverride None
              AuthName files
              Require valid-user
            </Directory>
            <VirtualHost 127.0.0.1:%2$d>
              DocumentRoot %1$s/public
              <Location />
                AuthType Basic
                AuthUserFile %1$s/basic
              </Location>
            </VirtualHost>
            <VirtualHost 127.0.0.1:%3$d>
              DocumentRoot %1$s/public
              <Location />
                AuthType Digest
                AuthDigestProvider file
                AuthUserFile %1$s/digest
              </Location>
            </VirtualHost>
            """;

    private final Path work;
    private final int basic;
    private final int digest;

    private ApacheDav(Path work) throws IOException {
        this.work = work;
        this.basic = Daemon.freePort();
        this.digest = Daemon.freePort();
        open(work);
        open(Files.createDirectories(work.resolve("public")));
        open(Files.createDirectories(work.resolve("public/files")));
        open(Files.createDirectories(work.resolve("locks")));
        String realm = DavPeer.USER + ":files:";
        Files.writeString(
                work.resolve("basic"),
                DavPeer.USER + ":{SHA}" + Base64.getEncoder().encodeToString(hash("SHA-1", DavPeer.PASSWORD)) + "\n");
        Files.writeString(
                work.resolve("digest"), realm + HexFormat.of().formatHex(hash("MD5", realm + DavPeer.PASSWORD)) + "\n");
        Path config = Files.writeString(work.resolve("apache.conf"), config());
        Daemon.start(
                        work.resolve("apache.log"),
                        Map.of(),
                        List.of(PROGRAM.toString(), "-f", config.toString(), "-D", "FOREGROUND"))
                .await("Apache", () -> Daemon.listens(digest));
    }

    private static final class Holder {
        static final ApacheDav ONLY = start();
    }

    /** Both ports serve {@code /files/}; where Apache is not installed the test is skipped, or fails when it is required. */
    public static DavPeer basic() {
        return get().peer(get().basic);
    }

    public static DavPeer digest() {
        return get().peer(get().digest);
    }

    private static ApacheDav get() {
        Backends.need("apache", Files.isExecutable(PROGRAM), "Debian's apache2");
        return Holder.ONLY;
    }

    private static ApacheDav start() {
        try {
            return new ApacheDav(Daemon.folder("apache"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Apache does not serve as root. */
    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private String config() {
        StringBuilder config = new StringBuilder();
        for (String module : LOADED) {
            config.append("LoadModule %1$s_module %2$s/mod_%1$s.so\n".formatted(module, MODULES));
        }
        if (System.getProperty("user.name").equals("root")) {
            config.append("User www-data\nGroup www-data\n");
        }
        return config + CONFIG.formatted(work, basic, digest);
    }

    private static byte[] hash(String name, String text) {
        try {
            return MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private DavPeer peer(int port) {
        return new DavPeer() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public String path() {
                return "/files";
            }

            @Override
            public Path folder() {
                return work.resolve("public/files");
            }

            @Override
            public void close() {
                // it serves all tests of this JVM
            }
        };
    }
}
