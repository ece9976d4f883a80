package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/**
 * One MySQL 8 for all tests of this JVM, started when first asked for, stopped when the JVM ends. Its archive (550 MB) is
 * here only with Maven's profile {@code mysql}, and needs the system's libaio and libnuma: {@code .ci/run} sees to both.
 */
public final class MySqlServer implements DatabaseServer {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String USER = "tester";
    private static final String PASSWORD = "tester-secret";
    private static final String USERS = "CREATE USER '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + PASSWORD
            + "';\nGRANT ALL ON *.* TO '" + USER + "'@'127.0.0.1' WITH GRANT OPTION;\n";
    private static final String ARCHIVE = "mysql.archive";
    private static final String DAEMON = "bin/mysqld";

    private final int port;

    private MySqlServer(int port) {
        this.port = port;
    }

    private static final class Holder {
        static final MySqlServer ONLY = start();
    }

    /** The server; without its archive the test is skipped. */
    public static MySqlServer get() {
        Assumptions.assumeTrue(
                System.getProperty(ARCHIVE) != null,
                "no MySQL here: Maven's profile mysql brings one, where the system has libaio and libnuma");
        return Holder.ONLY;
    }

    private static MySqlServer start() {
        try {
            Path home = Files.createTempDirectory("mysql");
            unpack(home);
            Path data = home.resolve("data");
            wait(mysqld(home, data, "--initialize-insecure").start());
            Path first = Files.writeString(home.resolve("first.sql"), USERS);
            int port = freePort();
            Process server = mysqld(
                            home,
                            data,
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + home.resolve("s"),
                            "--init-file=" + first,
                            "--mysqlx=0",
                            "--skip-log-bin",
                            "--skip-name-resolve",
                            "--innodb-buffer-pool-size=32M",
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-fast-shutdown=2")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, home)));
            MySqlServer mysql = new MySqlServer(port);
            Eventually.is("MySQL takes connections", () -> server.isAlive() && mysql.answers());
            return mysql;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder mysqld(Path home, Path data, String... options) {
        List<String> command = Stream.concat(
                        Stream.of(
                                home.resolve(DAEMON).toString(),
                                "--no-defaults",
                                "--user=" + System.getProperty("user.name"),
                                "--basedir=" + home,
                                "--datadir=" + data),
                        Stream.of(options))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
    }

    private static void wait(Process process) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException("MySQL could not make its folder: status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The daemon with its libraries and messages: a seventh of what is in the archive. */
    private static void unpack(Path home) throws IOException {
        try (ZipFile all = new ZipFile(System.getProperty(ARCHIVE))) {
            for (ZipEntry entry : all.stream().filter(MySqlServer::wanted).toList()) {
                Path file = home.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = all.getInputStream(entry)) {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        if (!home.resolve(DAEMON).toFile().setExecutable(true)) {
            throw new IOException("MySQL cannot be made executable");
        }
    }

    private static boolean wanted(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && (name.equals(DAEMON)
                        || name.startsWith("lib/private/")
                        || name.startsWith("lib/plugin/component_")
                        || name.startsWith("share/"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(""), USER, PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static void end(Process server, Path home) {
        server.destroyForcibly();
        try (Stream<Path> all = Files.walk(home)) {
            server.waitFor();
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | InterruptedException e) {
            System.err.println("the folder of MySQL stays: " + home);
        }
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?allowPublicKeyRetrieval=true&sslMode=disable";
    }

    @Override
    public String type() {
        return "mysql";
    }

    @Override
    public Map<String, Object> newDatabase() {
        String name = "t" + COUNT.incrementAndGet();
        runIn("", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        return Map.of("host", "127.0.0.1", "port", port, "database", name, "username", USER, "password", PASSWORD);
    }

    @Override
    public void empty(Map<String, Object> config) {
        runIn("", "DROP DATABASE " + config.get("database"));
        runIn("", "CREATE DATABASE " + config.get("database") + " CHARACTER SET utf8mb4");
    }

    @Override
    public void run(Map<String, Object> config, String statements) {
        runIn(String.valueOf(config.get("database")), statements);
    }

    private void runIn(String database, String statements) {
        try (Connection connection = DriverManager.getConnection(url(database), USER, PASSWORD)) {
            Statements.run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
