package io.sluice.service.sql.dialect;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** DuckDB files below the folders that an administrator of the machine allowed. The driver is dropped in. */
public final class DuckDb implements Dialect {
    private static final Set<String> OPTIONS = Set.of("threads", "memory_limit", "access_mode");
    private static final int MOST_DIGITS = 38;

    private final DatabaseFile files;
    private final DropInDrivers drivers;
    private final int seconds;

    /** A relative file name is looked for below the first of the roots. */
    public DuckDb(List<Path> roots, DropInDrivers drivers) {
        this(new DatabaseFile(roots), drivers, 0);
    }

    private DuckDb(DatabaseFile files, DropInDrivers drivers, int seconds) {
        this.files = files;
        this.drivers = drivers;
        this.seconds = seconds;
    }

    @Override
    public Dialect within(int limit) {
        return new DuckDb(files, drivers, limit);
    }

    @Override
    public void prepared(PreparedStatement statement) throws SQLException {
        statement.setQueryTimeout(seconds);
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String label() {
        return "DuckDB";
    }

    @Override
    public Driver driver() {
        return drivers.driver("org.duckdb.DuckDBDriver", "duckdb_jdbc", label());
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public List<ConfigField> config() {
        return List.of();
    }

    /** A view in a file that somebody else made could read any file of this machine, were it not for these settings. */
    @Override
    public Address address(ServiceDefinition service, int timeout) {
        Properties properties = new Properties();
        Address.addOptions(service, OPTIONS, properties);
        properties.setProperty("enable_external_access", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        properties.setProperty("lock_configuration", "true");
        return new Address("jdbc:duckdb:" + files.of(service), properties);
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String defaultSchema() {
        return "SELECT current_schema()";
    }

    @Override
    public String listTables() {
        return """
                SELECT schema_name, table_name, false, comment FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
                UNION ALL SELECT schema_name, view_name, true, comment FROM duckdb_views()
                WHERE database_name = current_database() AND NOT internal ORDER BY 2, 1""";
    }

    @Override
    public String listColumns() {
        return """
                SELECT column_name, data_type, column_default, is_nullable, coalesce(column_default, '') LIKE 'nextval(%', is_generated, comment
                FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = ? AND table_name = ?
                ORDER BY column_index""";
    }

    @Override
    public String listUniqueKeys() {
        return """
                SELECT constraint_name, unnest(constraint_column_names) FROM duckdb_constraints()
                WHERE constraint_type = 'UNIQUE' AND database_name = current_database() AND schema_name = ? AND table_name = ?""";
    }

    /** Where the driver's own text differs from the database's, the latter is selected. */
    @Override
    public ColumnType type(String declared) {
        return switch (declared.endsWith("]") ? "" : ColumnType.base(declared)) {
            case "tinyint" -> ColumnType.of("tinyint", Kind.INTEGER, declared);
            case "smallint", "utinyint" -> ColumnType.of("smallint", Kind.INTEGER, declared);
            case "integer", "usmallint" -> ColumnType.of("integer", Kind.INTEGER, declared);
            case "bigint", "uinteger" -> ColumnType.of("bigint", Kind.INTEGER, declared);
            case "ubigint", "hugeint", "uhugeint", "bignum", "varint" ->
                ColumnType.of("bigint", Kind.BIG_INTEGER, declared);
            case "decimal" -> ColumnType.of("decimal", Kind.DECIMAL, declared);
            case "float" -> ColumnType.of("float", Kind.SINGLE, declared).orBeyond();
            case "double" -> ColumnType.of("double", Kind.REAL, declared).orBeyond();
            case "boolean" -> ColumnType.of("boolean", Kind.BOOLEAN, declared);
            case "varchar" -> ColumnType.of("string", Kind.TEXT, declared);
            case "enum" -> own("string", Kind.TEXT, declared);
            case "date" -> own("date", Kind.DATE, declared).orBeyond();
            case "time", "time_ns" -> own("time", Kind.TIME, declared);
            case "time with time zone" -> own("timetz", Kind.OTHER, declared);
            case "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns" ->
                own("timestamp", Kind.TIMESTAMP, declared).orBeyond();
            case "timestamp with time zone" ->
                own("timestamptz", Kind.TIMESTAMP_TZ, declared).orBeyond();
            case "blob" -> ColumnType.of("binary", Kind.BINARY, declared);
            case "uuid" -> own("uuid", Kind.UUID, declared);
            case "json" -> own("json", Kind.JSON, declared);
            default -> own("string", Kind.OTHER, declared);
        };
    }

    private static ColumnType own(String simple, Kind kind, String declared) {
        return ColumnType.of(simple, kind, declared).readAs("CAST($ AS VARCHAR)");
    }

    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        if (reported.startsWith("nextval(")) {
            return null;
        }
        // true is kept as CAST('t' AS BOOLEAN).
        boolean cast = reported.startsWith("CAST('");
        return Defaults.read(cast ? reported.substring(5, reported.lastIndexOf("' AS ") + 1) : reported, type);
    }

    @Override
    public boolean returning() {
        return true;
    }

    @Override
    public boolean routines() {
        return false;
    }

    @Override
    public boolean faultsNameTables() {
        return false;
    }

    @Override
    public String asText(String quoted) {
        return "CAST(" + quoted + " AS VARCHAR)";
    }

    /** The driver turns a decimal of more digits into NULL. */
    @Override
    public Object bindable(Object value) {
        return value instanceof BigDecimal decimal
                        && (decimal.precision() > MOST_DIGITS || decimal.scale() > MOST_DIGITS || decimal.scale() < 0)
                ? decimal.toPlainString()
                : value;
    }

    @Override
    public Ddl ddl() {
        return new DuckDbDdl();
    }

    /** There are no codes, but each message begins with the kind of error. */
    @Override
    public Fault classify(SQLException failure) {
        Message told = Message.of(failure);
        String kind = told.text().substring(0, Math.max(0, told.text().indexOf(" Error:")));
        return switch (kind) {
            case "Constraint" -> constraint(told);
            case "Conversion", "Out of Range" -> new Fault.BadValue("");
            case "Catalog" -> told.has("already exists") ? new Fault.AlreadyExists() : new Fault.UndefinedName();
            case "Binder" -> told.has("not found") ? new Fault.UndefinedName() : new Fault.Other();
            case "TransactionContext", "Transaction" -> new Fault.InTheWay();
            case "INTERRUPT", "Interrupt" -> new Fault.TimedOut();
            case "Permission" -> new Fault.NotAllowed();
            case "Invalid Input" -> told.has("read-only") ? new Fault.NotAllowed() : new Fault.BadValue("");
            case "IO", "Connection" -> new Fault.Unreachable();
            default -> told.has("Interrupted") ? new Fault.TimedOut() : new Fault.Other();
        };
    }

    private static Fault constraint(Message told) {
        if (told.has("Duplicate key")) {
            return new Fault.Duplicate(columns(told.between("Duplicate key \"", "\"")));
        }
        if (told.has("foreign key")) {
            return new Fault.BrokenReference("", "");
        }
        if (told.has("NOT NULL")) {
            return new Fault.NullValue(
                    Message.last(told.text().lines().findFirst().orElse("")).strip());
        }
        return new Fault.CheckFailed("");
    }

    /** {@code a: 1, b: 2} → {@code t.a, t.b}: the table is not said. */
    private static String columns(String pairs) {
        return Arrays.stream(pairs.split(", ", -1))
                .filter(pair -> pair.indexOf(": ") > 0)
                .map(pair -> "t." + pair.substring(0, pair.indexOf(": ")))
                .collect(Collectors.joining(", "));
    }
}
