package io.sluice.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** The PostgreSQL that both servers read. */
record Database(String url, String host, int port, String name, String user, String password) {

    /** The given one, or one that is started here and ends with the workspace; with its tables. */
    static Database open(Optional<String> url, Workspace workspace) throws IOException, SQLException {
        Database database = of(url.isPresent() ? url.get() : started(workspace));
        workspace.open(() -> ContactTable.in(database));
        return database;
    }

    /** Takes a JDBC address of PostgreSQL apart, user and password among its parameters. */
    static Database of(String url) {
        Properties parts = Driver.parseURL(url, new Properties());
        if (parts == null) {
            throw new BenchException("not a JDBC address of PostgreSQL: it begins with jdbc:postgresql://");
        }
        String host = PGProperty.PG_HOST.getOrDefault(parts);
        String port = PGProperty.PG_PORT.getOrDefault(parts);
        String name = PGProperty.PG_DBNAME.getOrDefault(parts);
        String user = PGProperty.USER.getOrDefault(parts);
        if (host == null || port == null || name == null || user == null) {
            throw new BenchException(
                    "the JDBC address must name host, database and user: jdbc:postgresql://HOST/DB?user=U");
        }
        String password = PGProperty.PASSWORD.getOrDefault(parts);
        return new Database(url, host, Integer.parseInt(port), name, user, password == null ? "" : password);
    }

    private static String started(Workspace workspace) throws IOException {
        Path log = workspace.file("postgres.log");
        try {
            EmbeddedPostgres postgres = workspace.open(() -> EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setDataDirectory(workspace.folder("postgres"))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
            // Any password will do: the embedded server trusts 127.0.0.1.
            return postgres.getJdbcUrl("postgres", "postgres").replace("localhost", "127.0.0.1") + "&password=postgres";
        } catch (IOException | IllegalStateException e) {
            String said = Files.exists(log) ? Files.readString(log) : "";
            throw new BenchException("PostgreSQL did not start; name one with --pg. It said:\n" + said, e);
        }
    }
}
