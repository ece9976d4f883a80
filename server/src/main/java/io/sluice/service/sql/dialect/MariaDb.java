package io.sluice.service.sql.dialect;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** MySQL 8 and MariaDB 10.6 and newer, both through the driver of MariaDB. */
public final class MariaDb implements Dialect {
    private static final Set<String> OPTIONS = Set.of(
            "sslMode",
            "connectTimeout",
            "tcpKeepAlive",
            "useCompression",
            "allowPublicKeyRetrieval",
            "connectionCollation",
            "useServerPrepStmts");

    private final String name;
    private final String label;

    private MariaDb(String name, String label) {
        this.name = name;
        this.label = label;
    }

    public static MariaDb mysql() {
        return new MariaDb("mysql", "MySQL");
    }

    public static MariaDb mariadb() {
        return new MariaDb("mariadb", "MariaDB");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Driver driver() {
        return new org.mariadb.jdbc.Driver();
    }

    @Override
    public int port() {
        return 3306;
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("ssl_mode", "SSL mode", "string")
                        .or("disable")
                        .describedAs("disable, trust, verify-ca or verify-full."),
                ConfigField.of("collation", "Collation", "string"),
                ConfigField.of("timezone", "Time zone", "string")
                        .describedAs("Time zone of the session, such as +00:00."),
                ConfigField.of("modes", "SQL modes", "array")
                        .describedAs("Modes of the session beside the server's own, such as ANSI_QUOTES."),
                ConfigField.of("strict", "Strict", "boolean")
                        .or(true)
                        .describedAs("Accepted; the session is always strict, so that no value is cut short."),
                ConfigField.of("unix_socket", "Unix socket", "string")
                        .describedAs("Socket file of a server on this machine, instead of host and port."),
                ConfigField.of("charset", "Character set", "string")
                        .describedAs("Accepted; the connection always speaks utf8mb4."));
    }

    @Override
    public Address address(ServiceDefinition service, int timeout) {
        Properties properties = Address.credentials(service);
        properties.setProperty("connectTimeout", Integer.toString(Address.connectSeconds(service) * 1_000));
        properties.setProperty("socketTimeout", Integer.toString(Address.silentSeconds(timeout) * 1_000));
        properties.setProperty("sslMode", service.text("ssl_mode").orElse("disable"));
        properties.setProperty("useServerPrepStmts", "true");
        // A year is a number, not a date.
        properties.setProperty("yearIsDateType", "false");
        service.text("collation")
                .ifPresent(name ->
                        properties.setProperty("connectionCollation", Address.word(service, "collation", name)));
        service.text("unix_socket")
                .ifPresent(file -> properties.setProperty("localSocket", Address.word(service, "unix_socket", file)));
        Address.addOptions(service, OPTIONS, properties);
        // The server must not make this side read its files or talk to another host.
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("initSql", session(service, timeout));
        return new Address(
                "jdbc:mariadb://" + Address.hostAndPort(service, port()) + "/" + Address.database(service), properties);
    }

    /** The comments are read by one of the two only: MariaDB counts seconds for all, MySQL milliseconds for SELECT. */
    private static String session(ServiceDefinition service, int timeout) {
        String limit = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES" + modes(service)
                + "') /*M! , max_statement_time = " + timeout + " */ /*!80000 , max_execution_time = " + timeout * 1000L
                + " */";
        return service.text("timezone")
                .map(zone -> limit + ", time_zone = '" + Address.word(service, "timezone", zone) + "'")
                .orElse(limit);
    }

    private static String modes(ServiceDefinition service) {
        return Address.texts(service, "modes").stream()
                .map(mode -> "," + Address.word(service, "modes", mode.strip()))
                .collect(Collectors.joining());
    }

    @Override
    public String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    @Override
    public String defaultSchema() {
        return "SELECT DATABASE()";
    }

    @Override
    public String listTables() {
        return """
                SELECT table_schema, table_name, table_type LIKE '%VIEW', NULLIF(table_comment, IF(table_type = 'VIEW', 'VIEW', ''))
                FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type <> 'SEQUENCE'
                ORDER BY table_name""";
    }

    @Override
    public String listColumns() {
        return """
                SELECT column_name, column_type, column_default, is_nullable = 'YES', extra LIKE '%auto_increment%',
                  extra LIKE '%VIRTUAL%' OR extra LIKE '%STORED%' OR extra LIKE '%PERSISTENT%', NULLIF(column_comment, '')
                FROM information_schema.columns WHERE table_schema = ? AND table_name = ?
                ORDER BY ordinal_position""";
    }

    @Override
    public ColumnType type(String declared) {
        String lower = declared.toLowerCase(Locale.ROOT);
        String base = ColumnType.base(lower).replace(" zerofill", "");
        boolean single = lower.startsWith("tinyint(1)") || lower.startsWith("bit(1)");
        return switch (base) {
            case "tinyint", "bit" -> single ? bool(declared) : small(base, declared);
            case "boolean", "bool" -> bool(declared);
            case "tinyint unsigned" -> ColumnType.of("tinyint", Kind.INTEGER, declared);
            case "smallint", "smallint unsigned", "year" -> ColumnType.of("smallint", Kind.INTEGER, declared);
            case "mediumint", "mediumint unsigned" -> ColumnType.of("mediumint", Kind.INTEGER, declared);
            case "int", "integer", "int unsigned" -> ColumnType.of("integer", Kind.INTEGER, declared);
            case "bigint" -> ColumnType.of("bigint", Kind.INTEGER, declared);
            case "bigint unsigned" -> ColumnType.of("bigint", Kind.BIG_INTEGER, declared);
            case "decimal", "decimal unsigned", "numeric" -> ColumnType.of("decimal", Kind.DECIMAL, declared);
            case "float", "float unsigned" -> ColumnType.of("float", Kind.SINGLE, declared);
            case "double", "double unsigned" -> ColumnType.of("double", Kind.REAL, declared);
            case "char", "varchar", "enum", "set" -> ColumnType.of("string", Kind.TEXT, declared);
            case "text", "tinytext" -> ColumnType.of("text", Kind.TEXT, declared);
            case "mediumtext", "longtext" -> ColumnType.of(base, Kind.TEXT, declared);
            case "json" -> ColumnType.of("json", Kind.JSON, declared);
            case "date" -> ColumnType.of("date", Kind.DATE, declared).orBeyond();
            case "time" -> ColumnType.of("time", Kind.TIME, declared);
            case "datetime" ->
                ColumnType.of("datetime", Kind.TIMESTAMP, declared).orBeyond();
            case "timestamp" ->
                ColumnType.of("timestamp", Kind.TIMESTAMP, declared).orBeyond();
            case "binary", "varbinary", "blob", "tinyblob", "mediumblob", "longblob" ->
                ColumnType.of("binary", Kind.BINARY, declared);
            case "uuid" -> ColumnType.of("uuid", Kind.UUID, declared);
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" ->
                ColumnType.of("string", Kind.OTHER, declared)
                        .readAs("ST_AsText($)")
                        .writtenAs("ST_GeomFromText(?)");
            default -> ColumnType.of("string", Kind.OTHER, declared);
        };
    }

    private static ColumnType bool(String declared) {
        return ColumnType.of("boolean", Kind.BOOLEAN, declared);
    }

    private static ColumnType small(String base, String declared) {
        return base.equals("bit")
                ? ColumnType.of("binary", Kind.BINARY, declared)
                : ColumnType.of("tinyint", Kind.INTEGER, declared);
    }

    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        return Defaults.read(reported, type);
    }

    /** The driver writes six digits, or none, when values come in their binary form. */
    @Override
    public int fractionDigits(ColumnType type) {
        boolean clock = type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIME;
        return clock ? ColumnType.firstArgument(type.declared()) : -1;
    }

    @Override
    public boolean returning() {
        return false;
    }

    @Override
    public boolean schemasAreCatalogues() {
        return true;
    }

    @Override
    public boolean closingReadsTheRest() {
        return true;
    }

    @Override
    public String asText(String quoted) {
        return "CAST(" + quoted + " AS CHAR)";
    }

    /** Neither server knows NULLS FIRST. */
    @Override
    public String orderBy(String quoted, String direction, String nulls) {
        return switch (nulls) {
            case "FIRST" -> quoted + " IS NULL DESC, " + quoted + " " + direction;
            case "LAST" -> quoted + " IS NULL, " + quoted + " " + direction;
            default -> quoted + " " + direction;
        };
    }

    @Override
    public String insertDefaults(String quotedTable, String quotedColumn) {
        return "INSERT INTO " + quotedTable + " () VALUES ()";
    }

    @Override
    public int maxParameters() {
        return 65_535;
    }

    @Override
    public boolean foldsCase() {
        return true;
    }

    @Override
    public Ddl ddl() {
        return new MariaDbDdl();
    }

    @Override
    public Fault classify(SQLException failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return switch (failure.getErrorCode()) {
            case 1062, 1586 -> new Fault.Duplicate(key(message));
            case 1216, 1217, 1451, 1452 ->
                new Fault.BrokenReference(between(message, "CONSTRAINT `", "`"), between(message, "`.`", "`"));
            case 1048, 1364, 1263 -> new Fault.NullValue(between(message, "'", "'"));
            case 3819 -> new Fault.CheckFailed(between(message, "'", "'"));
            case 4025 -> new Fault.CheckFailed(between(message, "CONSTRAINT `", "`"));
            case 1264, 1265, 1292, 1366, 1406, 1411, 3140 -> new Fault.BadValue(column(message));
            case 1690, 1416, 1367 -> new Fault.BadValue("");
            case 1054, 1146, 1049 -> new Fault.UndefinedName();
            case 1050 -> new Fault.AlreadyExists();
            case 1969, 3024, 1317 -> new Fault.TimedOut();
            case 1205, 1213, 1020 -> new Fault.InTheWay();
            case 1142, 1143, 1290, 1227 -> new Fault.NotAllowed();
            case 1044, 1045, 1040, 1203, 1129, 1130, 1053, 1698 -> new Fault.Unreachable();
            default -> byClass(failure);
        };
    }

    private static Fault byClass(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("08")) {
            return new Fault.Unreachable();
        }
        return state.startsWith("22") ? new Fault.BadValue("") : new Fault.Other();
    }

    /** {@code … for key 'customer.email_key'}: MySQL puts the table before the key. */
    private static String key(String message) {
        String key = between(message, " for key '", "'");
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(dot + 1);
    }

    /** {@code Data too long for column 'x' at row 1}, or {@code … for column `db`.`t`.`x` …}. */
    private static String column(String message) {
        String plain = between(message, "column '", "'");
        if (!plain.isEmpty()) {
            return plain;
        }
        String path = between(message, "column `", "` at");
        return path.substring(path.lastIndexOf('`') + 1);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        int from = start + before.length();
        int end = start < 0 ? -1 : text.indexOf(after, from);
        return end < 0 ? "" : text.substring(from, end);
    }
}
