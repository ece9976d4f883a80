package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final String LOOKUP =
            "insert into lookup (name, created_date, last_modified_date) values (?, '2026', '2026')";

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("system.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static String pragma(Tx tx, String name) {
        return tx.one("pragma " + name, row -> row.getString(1)).orElseThrow();
    }

    @Test
    void readersAndTheWriterHaveTheSettingsThatTheyAreGiven() {
        for (boolean writing : List.of(true, false)) {
            List<String> found = writing ? store.write(StoreTest::settings) : store.read(StoreTest::settings);
            assertThat(found).containsExactly("wal", "1", "1", "10000");
        }
        assertThat(store.<String>read(tx -> pragma(tx, "query_only"))).isEqualTo("1");
        assertThat(store.<String>write(tx -> pragma(tx, "query_only"))).isEqualTo("0");
    }

    private static List<String> settings(Tx tx) {
        return Stream.of("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
                .map(name -> pragma(tx, name))
                .toList();
    }

    @Test
    void aWriteWithinAReadFails() {
        assertThatThrownBy(() -> store.read(tx -> tx.update("delete from lookup")))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void anInsertGivesItsKey() {
        long first = store.write(tx -> tx.insert(LOOKUP, "one"));
        long second = store.write(tx -> tx.insert(LOOKUP, "two"));
        assertThat(second).isEqualTo(first + 1);
    }

    @Test
    void anExceptionRollsBackAndForgetsWhatWasToFollow() {
        List<String> followed = new ArrayList<>();
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(LOOKUP, "gone");
                    tx.afterCommit(() -> followed.add("never"));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(followed).isEmpty();
        assertThat(store.<Integer>read(tx ->
                        tx.list("select id from lookup", row -> row.getLong(1)).size()))
                .isZero();
    }

    @Test
    void everyActionAfterACommitRunsAlsoWhenOneFails() {
        List<String> followed = new ArrayList<>();
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(LOOKUP, "there");
                    tx.afterCommit(() -> {
                        throw new IllegalStateException("first");
                    });
                    tx.afterCommit(() -> followed.add("second"));
                    return true;
                }))
                .hasMessage("first");
        assertThat(followed).containsExactly("second");
        assertThat(store.<Boolean>read(tx -> tx.one("select 1 from lookup where name = 'there'", row -> true)
                        .isPresent()))
                .isTrue();
    }

    @Test
    void aConstraintIsKnownAsOne() {
        store.write(tx -> tx.insert(LOOKUP, "same"));
        assertThatThrownBy(() -> store.write(tx -> tx.insert(LOOKUP, "same")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isConstraint()).isTrue());
    }

    @Test
    void aFreshDatabaseIsWhatFlywayWouldHaveMade() throws SQLException {
        String byFlyway = "jdbc:sqlite:" + folder.resolve("flyway.db");
        Migrations.upgrade(byFlyway, 0, "classpath:db/migration");
        assertThat(schema("jdbc:sqlite:" + folder.resolve("system.db")))
                .isEqualTo(schema(byFlyway))
                .hasSizeGreaterThan(10);
    }

    @Test
    void flywayTakesUpADatabaseThatWasMadeDirectly() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("system.db");
        int newest = Migrations.number(Migrations.FILES.getLast());
        assertThat(Migrations.version(url)).isEqualTo(newest);
        Migrations.upgrade(url, newest, "classpath:db/migration", "classpath:db/later");
        assertThat(schema(url)).anyMatch(sql -> sql.startsWith("create table later"));
    }

    private static List<String> schema(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sql from sqlite_master where sql is not null"
                        + " and name not like 'sqlite_%' and name not like 'flyway_%' order by name")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("--[^\n]*", "")
                        .replaceAll("\\s+", " "));
            }
            return found;
        }
    }

    @Test
    void theListOfMigrationsIsTheFolder() throws IOException, URISyntaxException {
        Path migrations = Path.of(StoreTest.class.getResource("/db/migration").toURI());
        try (Stream<Path> files = Files.list(migrations)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .isEqualTo(Migrations.FILES);
        }
    }

    @Test
    void aTableKeepsEachKindOfValue() {
        Table table = new Table(
                "service",
                List.of(
                        new Table.Column("name", Table.Kind.TEXT),
                        new Table.Column("label", Table.Kind.TEXT),
                        new Table.Column("type", Table.Kind.TEXT),
                        new Table.Column("is_active", Table.Kind.FLAG),
                        new Table.Column("config", Table.Kind.JSON),
                        new Table.Column("created_date", Table.Kind.TIME),
                        new Table.Column("last_modified_date", Table.Kind.TIME),
                        new Table.Column("created_by_id", Table.Kind.NUMBER)));
        Map<String, Object> row = new HashMap<>(Map.of(
                "name",
                "a",
                "label",
                "A",
                "type",
                "t",
                "is_active",
                false,
                "config",
                Map.of("port", List.of(1, "x")),
                "created_date",
                "2026-05-01T10:00:00Z",
                "last_modified_date",
                "2026-05-01T10:00:00Z"));
        row.put("created_by_id", null);
        long id = store.write(tx -> table.insert(tx, row));
        Map<String, Object> read = store.read(tx -> table.byId(tx, id)).orElseThrow();
        assertThat(read)
                .containsEntry("id", id)
                .containsEntry("is_active", false)
                .containsEntry("config", Map.of("port", List.of(1, "x")))
                .containsEntry("created_date", "2026-05-01 10:00:00")
                .containsEntry("created_by_id", null);
        store.write(tx -> {
            table.update(tx, id, read);
            return true;
        });
        assertThat(store.<Map<String, Object>>read(tx -> table.byId(tx, id).orElseThrow()))
                .isEqualTo(read);
    }
}
