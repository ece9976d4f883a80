package io.sluice.service.sql.dialect;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite files below the folders that an administrator of the machine allowed. */
public final class Sqlite implements Dialect {
    private static final Set<String> OPTIONS = Set.of("busy_timeout", "journal_mode", "cache_size", "synchronous");
    private static final int STEPS_BETWEEN_CHECKS = 50_000;

    private final DatabaseFile files;

    /** A relative file name is looked for below the first of the roots. */
    public Sqlite(List<Path> roots) {
        this.files = new DatabaseFile(roots);
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String label() {
        return "SQLite";
    }

    @Override
    public Driver driver() {
        return new JDBC();
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public List<ConfigField> config() {
        return List.of();
    }

    @Override
    public Address address(ServiceDefinition service, int timeout) {
        Path file = files.of(service);
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(timeout * 1000));
        Address.addOptions(service, OPTIONS, properties);
        properties.setProperty("foreign_keys", "true");
        // A transaction that begins as a reader and then writes could never wait for another writer.
        properties.setProperty("transaction_mode", "IMMEDIATE");
        properties.setProperty("enable_load_extension", "false");
        return new Address("jdbc:sqlite:" + file, properties);
    }

    /** Not double quotes: in those SQLite takes a name that it does not know for text. */
    @Override
    public String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    @Override
    public boolean faultsNameTables() {
        return false;
    }

    @Override
    public String defaultSchema() {
        return "SELECT NULL";
    }

    @Override
    public String listTables() {
        return """
                SELECT NULL, name, type = 'view', NULL FROM sqlite_master
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name""";
    }

    /** A lone INTEGER primary key is the row id and counts itself up. */
    @Override
    public String listColumns() {
        return """
                SELECT name, type, dflt_value, "notnull" = 0 AND pk = 0, pk = 1 AND upper(type) = 'INTEGER'
                  AND (SELECT count(*) FROM pragma_table_xinfo(s.t) k WHERE k.pk > 0) = 1, hidden IN (2, 3), NULL
                FROM (SELECT ? AS x, ? AS t) s, pragma_table_xinfo(s.t) WHERE hidden <> 1 ORDER BY cid""";
    }

    @Override
    public ColumnType type(String declared) {
        String base = ColumnType.base(declared);
        return switch (base) {
            case "tinyint", "smallint", "mediumint", "bigint" -> ColumnType.of(base, Kind.INTEGER, declared);
            case "int", "integer", "int2", "int4", "int8" -> ColumnType.of("integer", Kind.INTEGER, declared);
            case "numeric", "decimal", "money" -> ColumnType.of("decimal", Kind.DECIMAL, declared);
            case "real", "float" -> ColumnType.of("float", Kind.REAL, declared);
            case "double", "double precision" -> ColumnType.of("double", Kind.REAL, declared);
            case "boolean", "bool" -> ColumnType.of("boolean", Kind.BOOLEAN, declared);
            case "date" -> ColumnType.of("date", Kind.DATE, declared);
            case "time" -> ColumnType.of("time", Kind.TIME, declared);
            case "datetime" -> ColumnType.of("datetime", Kind.TIMESTAMP, declared);
            case "timestamp" -> ColumnType.of("timestamp", Kind.TIMESTAMP, declared);
            case "blob", "binary", "varbinary", "bytea" -> ColumnType.of("binary", Kind.BINARY, declared);
            case "json", "jsonb" -> ColumnType.of("json", Kind.JSON, declared);
            case "uuid" -> ColumnType.of("uuid", Kind.UUID, declared);
            case "text", "clob", "mediumtext", "longtext" -> ColumnType.of("text", Kind.TEXT, declared);
            default -> byAffinity(base, declared);
        };
    }

    private static ColumnType byAffinity(String base, String declared) {
        if (base.contains("int")) {
            return ColumnType.of("integer", Kind.INTEGER, declared);
        }
        return base.contains("char") || base.contains("text")
                ? ColumnType.of("string", Kind.TEXT, declared)
                : ColumnType.of("string", Kind.OTHER, declared);
    }

    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        return Defaults.read(reported, type);
    }

    @Override
    public boolean returning() {
        return true;
    }

    @Override
    public boolean looselyTyped() {
        return true;
    }

    @Override
    public boolean routines() {
        return false;
    }

    @Override
    public String asText(String quoted) {
        return "CAST(" + quoted + " AS TEXT)";
    }

    /** The driver would bind a decimal as text, which never equals a number. */
    @Override
    public Object bindable(Object value) {
        if (!(value instanceof BigDecimal decimal)) {
            return value;
        }
        boolean whole = decimal.stripTrailingZeros().scale() <= 0 && decimal.precision() < 18;
        return whole ? (Object) decimal.longValue() : (Object) decimal.doubleValue();
    }

    /** The database runs in this process: nobody else would stop a query that never ends. */
    @Override
    public void limit(Connection connection, int seconds) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ProgressHandler.setHandler(
                connection.unwrap(SQLiteConnection.class), STEPS_BETWEEN_CHECKS, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return System.nanoTime() - end > 0 ? 1 : 0;
                    }
                });
    }

    @Override
    public int maxParameters() {
        return 32_766;
    }

    @Override
    public Ddl ddl() {
        return new SqliteDdl();
    }

    @Override
    public Fault classify(SQLException failure) {
        if (!(failure instanceof SQLiteException own)) {
            return new Fault.Other();
        }
        String message = own.getMessage() == null ? "" : own.getMessage();
        return switch (own.getResultCode()) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
                new Fault.Duplicate(failed(message));
            case SQLITE_CONSTRAINT_FOREIGNKEY -> new Fault.BrokenReference("", "");
            case SQLITE_CONSTRAINT_NOTNULL -> new Fault.NullValue(afterDot(failed(message)));
            case SQLITE_CONSTRAINT_CHECK -> new Fault.CheckFailed(failed(message));
            case SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE, SQLITE_CONSTRAINT_DATATYPE -> new Fault.BadValue("");
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED -> new Fault.InTheWay();
            case SQLITE_INTERRUPT -> new Fault.TimedOut();
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM, SQLITE_AUTH -> new Fault.NotAllowed();
            case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL -> new Fault.Unreachable();
            case SQLITE_ERROR -> missingOrOther(message);
            default ->
                own.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT
                        ? new Fault.CheckFailed("")
                        : new Fault.Other();
        };
    }

    private static Fault missingOrOther(String message) {
        if (message.contains("(error in ")) {
            // An index or view would be left with a name that is gone: the change is refused, nothing is missing.
            return new Fault.Other();
        }
        if (message.contains("no such table")
                || message.contains("no such column")
                || message.contains("has no column")) {
            return new Fault.UndefinedName();
        }
        return message.contains("already exists") ? new Fault.AlreadyExists() : new Fault.Other();
    }

    /** {@code [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: customer.email)}. */
    private static String failed(String message) {
        int at = message.lastIndexOf("failed: ");
        String tail = at < 0 ? "" : message.substring(at + 8);
        return tail.endsWith(")") ? tail.substring(0, tail.length() - 1) : tail;
    }

    private static String afterDot(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
