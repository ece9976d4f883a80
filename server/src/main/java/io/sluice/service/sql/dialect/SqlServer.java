package io.sluice.service.sql.dialect;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL Server 2016 and newer. Its statements are held against recorded ones; it was not run against a server. */
public final class SqlServer implements Dialect {
    private static final Set<String> OPTIONS = Set.of(
            "applicationIntent",
            "authenticationScheme",
            "hostNameInCertificate",
            "instanceName",
            "loginTimeout",
            "multiSubnetFailover",
            "packetSize",
            "sendStringParametersAsUnicode");
    private static final int SOCKET_GRACE_MILLIS = 10_000;

    @Override
    public String name() {
        return "sqlsrv";
    }

    @Override
    public String label() {
        return "SQL Server";
    }

    @Override
    public Driver driver() {
        return new SQLServerDriver();
    }

    @Override
    public int port() {
        return 1433;
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("schema", "Schema", "string")
                        .describedAs("Accepted; the schema of unqualified names is the login's own."),
                ConfigField.of("encrypt", "Encrypt", "boolean").or(true),
                ConfigField.of("trust_server_certificate", "Trust any certificate", "boolean")
                        .or(false),
                ConfigField.of("readonly", "Read only", "boolean")
                        .or(false)
                        .describedAs("The server may answer from a replica that only reads."),
                ConfigField.of("appname", "Application name", "string"),
                ConfigField.of("pooling", "Pooling", "boolean")
                        .or(true)
                        .describedAs("Accepted; connections are always kept and used again."),
                ConfigField.of("charset", "Character set", "string")
                        .describedAs("Accepted; text always travels as Unicode."));
    }

    @Override
    public Address address(ServiceDefinition service, int timeout) {
        Properties properties = Address.credentials(service);
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("encrypt", flag(service, "encrypt", true));
        properties.setProperty("trustServerCertificate", flag(service, "trust_server_certificate", false));
        properties.setProperty("applicationName", service.text("appname").orElse("sluice"));
        properties.setProperty("applicationIntent", service.flag("readonly") ? "ReadOnly" : "ReadWrite");
        Address.addOptions(service, OPTIONS, properties);
        properties.setProperty("queryTimeout", Integer.toString(timeout));
        properties.setProperty("socketTimeout", Integer.toString(timeout * 1000 + SOCKET_GRACE_MILLIS));
        properties.setProperty("databaseName", Address.database(service));
        // Whatever the language of the login, the old datetime reads years first.
        return new Address(
                "jdbc:sqlserver://" + Address.hostAndPort(service, port()), properties, List.of("SET DATEFORMAT ymd"));
    }

    private static String flag(ServiceDefinition service, String field, boolean otherwise) {
        boolean value = service.text(field).isPresent() ? service.flag(field) : otherwise;
        return Boolean.toString(value);
    }

    @Override
    public String quote(String identifier) {
        return '[' + identifier.replace("]", "]]") + ']';
    }

    @Override
    public String defaultSchema() {
        return "SELECT SCHEMA_NAME()";
    }

    @Override
    public String listTables() {
        return """
                SELECT s.name, o.name, CASE o.type WHEN 'V' THEN 1 ELSE 0 END, CAST(p.value AS nvarchar(4000))
                FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
                  LEFT JOIN sys.extended_properties p
                    ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
                WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 ORDER BY o.name, s.name""";
    }

    @Override
    public String listColumns() {
        return """
                SELECT c.name,
                  t.name + CASE
                    WHEN t.name IN ('decimal', 'numeric') THEN CONCAT('(', c.precision, ',', c.scale, ')')
                    WHEN t.name IN ('datetime2', 'datetimeoffset', 'time') THEN CONCAT('(', c.scale, ')')
                    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary', 'nchar', 'nvarchar') AND c.max_length < 0 THEN '(max)'
                    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary') THEN CONCAT('(', c.max_length, ')')
                    WHEN t.name IN ('nchar', 'nvarchar') THEN CONCAT('(', c.max_length / 2, ')')
                    ELSE '' END,
                  d.definition, c.is_nullable, c.is_identity,
                  CASE WHEN c.is_computed = 1 OR t.name IN ('timestamp', 'rowversion') THEN 1 ELSE 0 END,
                  CAST(p.value AS nvarchar(4000))
                FROM sys.columns c JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id
                  JOIN sys.types t ON t.user_type_id = COALESCE(
                    (SELECT b.user_type_id FROM sys.types b WHERE b.user_type_id = c.system_type_id AND b.is_user_defined = 0),
                    c.user_type_id)
                  LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
                  LEFT JOIN sys.extended_properties p
                    ON p.class = 1 AND p.major_id = c.object_id AND p.minor_id = c.column_id AND p.name = 'MS_Description'
                WHERE s.name = ? AND o.name = ? ORDER BY c.column_id""";
    }

    /** Style 121 is {@code yyyy-mm-dd hh:mi:ss.fffffff} and loses nothing. */
    @Override
    public ColumnType type(String declared) {
        String base = ColumnType.base(declared);
        return switch (base) {
            case "bit" -> ColumnType.of("boolean", Kind.BOOLEAN, declared);
            case "tinyint", "smallint", "bigint" -> ColumnType.of(base, Kind.INTEGER, declared);
            case "int" -> ColumnType.of("integer", Kind.INTEGER, declared);
            case "decimal", "numeric" -> ColumnType.of("decimal", Kind.DECIMAL, declared);
            case "money", "smallmoney" -> ColumnType.of("money", Kind.DECIMAL, declared);
            case "real" -> ColumnType.of("float", Kind.SINGLE, declared);
            case "float" -> ColumnType.of("double", Kind.REAL, declared);
            case "char", "varchar", "nchar", "nvarchar" -> text(declared);
            case "text", "ntext" -> ColumnType.of("text", Kind.TEXT, declared);
            case "date" -> style("date", Kind.DATE, declared, 10);
            case "time" -> style("time", Kind.TIME, declared, 16);
            case "datetime", "smalldatetime", "datetime2" -> style("datetime", Kind.TIMESTAMP, declared, 27);
            case "datetimeoffset" -> style("datetimetz", Kind.TIMESTAMP_TZ, declared, 34);
            case "binary", "varbinary", "image", "timestamp", "rowversion" ->
                ColumnType.of("binary", Kind.BINARY, declared);
            case "uniqueidentifier" -> ColumnType.of("uuid", Kind.UUID, declared);
            case "json" -> cast("json", Kind.JSON, declared);
            case "geometry", "geography" ->
                ColumnType.of("string", Kind.OTHER, declared)
                        .readAs("$.ToString()")
                        .writtenAs(base + "::STGeomFromText(?, " + (base.equals("geography") ? 4326 : 0) + ")");
            default -> cast("string", Kind.OTHER, declared);
        };
    }

    private static ColumnType text(String declared) {
        return ColumnType.of(declared.endsWith("(max)") ? "text" : "string", Kind.TEXT, declared);
    }

    private static ColumnType style(String simple, Kind kind, String declared, int length) {
        return ColumnType.of(simple, kind, declared)
                .readAs("CONVERT(varchar(" + length + "), $, 121)")
                .writtenAs("CAST(? AS " + declared + ")");
    }

    private static ColumnType cast(String simple, Kind kind, String declared) {
        return ColumnType.of(simple, kind, declared).readAs("CAST($ AS nvarchar(max))");
    }

    /** Defaults are kept in parentheses: {@code ((0))}, {@code (N'new')}. */
    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        String text = reported.strip();
        while (text.startsWith("(") && text.endsWith(")")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        return Defaults.read(text.startsWith("N'") ? text.substring(1) : text, type);
    }

    @Override
    public boolean returning() {
        return false;
    }

    @Override
    public Paging paging() {
        return Paging.FETCH_AFTER_ORDER;
    }

    @Override
    public String wildcards() {
        return "%_[";
    }

    @Override
    public String asText(String quoted) {
        return "CAST(" + quoted + " AS nvarchar(max))";
    }

    @Override
    public boolean comparedAsText(ColumnType type) {
        return switch (ColumnType.base(type.declared())) {
            case "text", "ntext", "xml", "json" -> true;
            default -> false;
        };
    }

    /** Nulls come first of themselves; there are no words for another order. */
    @Override
    public String orderBy(String quoted, String direction, String nulls) {
        String item = quoted + " " + direction;
        return switch (nulls) {
            case "FIRST" -> "CASE WHEN " + quoted + " IS NULL THEN 0 ELSE 1 END, " + item;
            case "LAST" -> "CASE WHEN " + quoted + " IS NULL THEN 1 ELSE 0 END, " + item;
            default -> item;
        };
    }

    @Override
    public boolean foldsCase() {
        return true;
    }

    /** Theirs have never been run against a server, so they are not offered. */
    @Override
    public boolean routines() {
        return false;
    }

    @Override
    public Ddl ddl() {
        return new SqlServerDdl();
    }

    @Override
    public Fault classify(SQLException failure) {
        if (failure instanceof SQLTimeoutException) {
            return new Fault.TimedOut();
        }
        Message told = Message.of(failure);
        return switch (failure.getErrorCode()) {
            case 2627 -> new Fault.Duplicate(told.between("constraint '", "'"));
            case 2601 -> new Fault.Duplicate(told.between("unique index '", "'"));
            case 547 -> conflict(told);
            case 515 -> new Fault.NullValue(told.between("column '", "'"));
            case 2628 -> new Fault.BadValue(told.between("column '", "'"));
            case 220, 232, 241, 242, 244, 245, 248, 257, 295, 529, 544, 6522, 8114, 8115, 8152, 8169, 9420, 13609 ->
                new Fault.BadValue("");
            case 207, 208 -> new Fault.UndefinedName();
            case 2714 -> new Fault.AlreadyExists();
            case 1205, 1222, 3960 -> new Fault.InTheWay();
            case 229, 230, 262, 300, 3906, 3908 -> new Fault.NotAllowed();
            case 233, 911, 4060, 10053, 10054, 10060, 10928, 10929, 18452, 18456, 18488, 40197, 40501, 40613 ->
                new Fault.Unreachable();
            default -> byState(failure);
        };
    }

    /** One number for all that a constraint refuses; only the words tell which kind it was. */
    private static Fault conflict(Message told) {
        if (told.has("FOREIGN KEY")) {
            return new Fault.BrokenReference(told.between("constraint \"", "\""), "");
        }
        if (told.has("REFERENCE constraint")) {
            return new Fault.BrokenReference(
                    told.between("constraint \"", "\""), Message.last(told.between("table \"", "\"")));
        }
        return new Fault.CheckFailed(told.between("constraint \"", "\""));
    }

    private static Fault byState(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("08")) {
            return new Fault.Unreachable();
        }
        return state.startsWith("22") ? new Fault.BadValue("") : new Fault.Other();
    }
}
