package io.sluice.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded system database: SQLite in WAL mode, one writer at a time, readers beside it. Thread-safe.
 *
 * <p>No network and no script inside a transaction. What must follow a commit (caches, notices) is registered with
 * {@link Tx#afterCommit}.
 */
public final class Store implements AutoCloseable {
    private static final int READERS = 4;
    private final HikariDataSource readers;
    private final HikariDataSource writer;
    private final ReentrantLock writing = new ReentrantLock();

    private Store(HikariDataSource readers, HikariDataSource writer) {
        this.readers = readers;
        this.writer = writer;
    }

    /** Opens the file, making and migrating it as needed. */
    public static Store open(Path file) {
        String url = "jdbc:sqlite:" + file;
        Migrations.run(url);
        return new Store(readers(url), writer(url));
    }

    /** Straight to the driver: {@code DriverManager} would load and start every driver that is in the jar. */
    static Connection connect(String url) throws SQLException {
        return JDBC.createConnection(url, new Properties());
    }

    private static HikariDataSource readers(String url) {
        HikariConfig config = pool(url, READERS, "store-read", "DEFERRED");
        config.setConnectionInitSql("pragma query_only = true");
        return new HikariDataSource(config);
    }

    private static HikariDataSource writer(String url) {
        // Takes the write lock when the transaction begins: a lock that is wanted later can be refused at once, without
        // waiting, when another process (the command line) has written in between.
        HikariConfig config = pool(url, 1, "store-write", "IMMEDIATE");
        return new HikariDataSource(config);
    }

    private static HikariConfig pool(String url, int size, String name, String transactions) {
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        pragmas.setProperty("synchronous", "NORMAL");
        pragmas.setProperty("foreign_keys", "true");
        pragmas.setProperty("busy_timeout", "10000");
        pragmas.setProperty("transaction_mode", transactions);
        SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(pragmas));
        source.setUrl(url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        return config;
    }

    /** Runs reads on one connection; they see one state of the database. A write in here fails. */
    public <T> T read(Function<Tx, T> work) {
        return within(readers, work, tx -> {});
    }

    /**
     * Runs reads and writes, commits, then runs what was registered with {@link Tx#afterCommit}, still before the next writer, so
     * that caches change in the order of the commits. An exception rolls back. Not to be called from within a write.
     */
    public <T> T write(Function<Tx, T> work) {
        List<Tx> done = new ArrayList<>(1);
        T result;
        writing.lock();
        try {
            result = within(writer, work, done::add);
        } finally {
            writing.unlock();
        }
        done.forEach(Tx::released);
        return result;
    }

    /**
     * The writer's connections for a library that wants a {@link DataSource}: each statement is a transaction of its own and waits for
     * its turn among the writes. Not to be used within a write, which would wait for itself.
     */
    public DataSource plainConnections() {
        return writer;
    }

    private static <T> T within(HikariDataSource pool, Function<Tx, T> work, Consumer<Tx> committed) {
        Tx tx;
        T result;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            tx = new Tx(connection);
            try {
                result = work.apply(tx);
                connection.commit();
            } catch (RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("the system database failed", e);
        }
        committed.accept(tx);
        tx.committed();
        return result;
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
