package io.sluice.service.sql.dialect;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Oracle 12.2 and newer; the driver is dropped in. Its statements are held against recorded ones; it was not run against a
 * server. Empty text is null there.
 */
public final class Oracle implements Dialect {
    private static final Set<String> OPTIONS = Set.of(
            "oracle.net.CONNECT_TIMEOUT",
            "oracle.jdbc.defaultRowPrefetch",
            "oracle.net.ssl_server_dn_match",
            "v$session.program");
    private static final Set<String> DESCRIPTOR = Set.of(
            "DESCRIPTION",
            "ADDRESS_LIST",
            "ADDRESS",
            "PROTOCOL",
            "HOST",
            "PORT",
            "CONNECT_DATA",
            "SERVICE_NAME",
            "SID",
            "SERVER",
            "INSTANCE_NAME",
            "LOAD_BALANCE",
            "FAILOVER",
            "CONNECT_TIMEOUT",
            "RETRY_COUNT",
            "RETRY_DELAY");
    private static final Pattern KEYWORD = Pattern.compile("\\(\\s*([A-Za-z_]+)\\s*=");
    private static final int SOCKET_GRACE_MILLIS = 10_000;

    private final DropInDrivers drivers;
    private final int seconds;

    public Oracle(DropInDrivers drivers) {
        this(drivers, 0);
    }

    private Oracle(DropInDrivers drivers, int seconds) {
        this.drivers = drivers;
        this.seconds = seconds;
    }

    @Override
    public Dialect within(int limit) {
        return new Oracle(drivers, limit);
    }

    @Override
    public void prepared(PreparedStatement statement) throws SQLException {
        statement.setQueryTimeout(seconds);
    }

    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public String label() {
        return "Oracle";
    }

    @Override
    public Driver driver() {
        return drivers.driver("oracle.jdbc.OracleDriver", "ojdbc", label());
    }

    @Override
    public int port() {
        return 1521;
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("service_name", "Service name", "string")
                        .describedAs("Instead of the database, which is taken for a SID."),
                ConfigField.of("tns", "Connect descriptor", "text")
                        .describedAs("(DESCRIPTION=…) instead of host, port and database."),
                ConfigField.of("protocol", "Protocol", "string").or("tcp").describedAs("tcp or tcps."),
                ConfigField.of("schema", "Schema", "string")
                        .describedAs("Schema of unqualified names; the login's own when empty."),
                ConfigField.of("charset", "Character set", "string")
                        .describedAs("Accepted; text always travels as Unicode."),
                ConfigField.of("treat_number_as_decimal", "NUMBER as decimal", "boolean")
                        .describedAs("Accepted; numbers always keep all their digits."));
    }

    @Override
    public boolean databaseNeeded() {
        return false;
    }

    @Override
    public Address address(ServiceDefinition service, int timeout) {
        Properties properties = Address.credentials(service);
        properties.setProperty("oracle.net.CONNECT_TIMEOUT", "5000");
        properties.setProperty("v$session.program", "sluice");
        Address.addOptions(service, OPTIONS, properties);
        properties.setProperty("oracle.jdbc.ReadTimeout", Integer.toString(timeout * 1000 + SOCKET_GRACE_MILLIS));
        return new Address("jdbc:oracle:thin:@" + descriptor(service), properties, session(service));
    }

    private static String descriptor(ServiceDefinition service) {
        return service.text("tns").map(given -> checked(service, given)).orElseGet(() -> {
            String host = Address.plain(service, "host", service.text("host").orElse("127.0.0.1"));
            String port = Integer.toString(Address.wholeNumber(service, "port", 1521, 1, 65535));
            String protocol = service.text("protocol").orElse("tcp").toLowerCase(Locale.ROOT);
            if (!protocol.equals("tcp") && !protocol.equals("tcps")) {
                throw Address.refuse(service, "protocol", "must be tcp or tcps");
            }
            String target = service.text("service_name")
                    .map(name -> "SERVICE_NAME=" + Address.plain(service, "service_name", name))
                    .orElseGet(() -> "SID=" + Address.database(service));
            return "(DESCRIPTION=(ADDRESS=(PROTOCOL=" + protocol + ")(HOST=" + host + ")(PORT=" + port
                    + "))(CONNECT_DATA=(" + target + ")))";
        });
    }

    /** Only the words that say where the server is: others name wallets and other files of this machine. */
    private static String checked(ServiceDefinition service, String given) {
        String text = given.strip();
        Matcher keyword = KEYWORD.matcher(text);
        boolean known = text.startsWith("(");
        while (known && keyword.find()) {
            known = DESCRIPTOR.contains(keyword.group(1).toUpperCase(Locale.ROOT));
        }
        if (!known || text.indexOf('?') >= 0) {
            throw Address.refuse(
                    service, "tns", "must be a descriptor such as (DESCRIPTION=(ADDRESS=…)(CONNECT_DATA=…)), no more");
        }
        return text;
    }

    /** Texts of dates and numbers as the API writes them, whatever the country of the login. */
    private List<String> session(ServiceDefinition service) {
        List<String> statements = new ArrayList<>(List.of("ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS'"
                + " NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF'"
                + " NLS_TIMESTAMP_TZ_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM'"
                + " NLS_NUMERIC_CHARACTERS = '.,'"));
        service.text("schema")
                .ifPresent(schema -> statements.add("ALTER SESSION SET CURRENT_SCHEMA = " + quote(schema)));
        return statements;
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String defaultSchema() {
        return "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM dual";
    }

    @Override
    public String listTables() {
        return """
                SELECT o.owner, o.object_name, CASE o.object_type WHEN 'TABLE' THEN 0 ELSE 1 END, c.comments
                FROM all_objects o LEFT JOIN all_tab_comments c ON c.owner = o.owner AND c.table_name = o.object_name
                WHERE o.object_type IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW') AND o.secondary = 'N' AND o.generated = 'N'
                  AND o.object_name NOT LIKE 'BIN$%'
                  AND o.owner NOT IN (SELECT u.username FROM all_users u WHERE u.oracle_maintained = 'Y')
                ORDER BY o.object_name, o.owner""";
    }

    /** The default is a LONG: each row must be read in the order of its columns. */
    @Override
    public String listColumns() {
        return """
                SELECT c.column_name,
                  CASE
                    WHEN c.data_type = 'NUMBER' AND c.data_precision IS NULL AND c.data_scale IS NULL THEN 'NUMBER'
                    WHEN c.data_type = 'NUMBER' THEN 'NUMBER(' || NVL(c.data_precision, 38) || ',' || NVL(c.data_scale, 0) || ')'
                    WHEN c.data_type IN ('CHAR', 'NCHAR', 'VARCHAR2', 'NVARCHAR2') THEN c.data_type || '(' || c.char_length || ')'
                    WHEN c.data_type = 'RAW' THEN 'RAW(' || c.data_length || ')'
                    ELSE c.data_type END,
                  c.data_default, CASE c.nullable WHEN 'Y' THEN 1 ELSE 0 END,
                  CASE c.identity_column WHEN 'YES' THEN 1 ELSE 0 END, CASE c.virtual_column WHEN 'YES' THEN 1 ELSE 0 END, m.comments
                FROM all_tab_cols c LEFT JOIN all_col_comments m
                  ON m.owner = c.owner AND m.table_name = c.table_name AND m.column_name = c.column_name
                WHERE c.owner = ? AND c.table_name = ? AND c.hidden_column = 'NO' ORDER BY c.column_id""";
    }

    @Override
    public ColumnType type(String declared) {
        String base = ColumnType.base(declared);
        return switch (base) {
            case "number" -> number(declared);
            case "float" -> ColumnType.of("decimal", Kind.DECIMAL, declared);
            case "binary_float" -> ColumnType.of("float", Kind.SINGLE, declared).orBeyond();
            case "binary_double" -> ColumnType.of("double", Kind.REAL, declared).orBeyond();
            case "boolean" -> ColumnType.of("boolean", Kind.BOOLEAN, declared);
            case "char", "nchar", "varchar2", "nvarchar2" -> ColumnType.of("string", Kind.TEXT, declared);
            case "clob", "nclob", "long" -> ColumnType.of("text", Kind.TEXT, declared);
            case "date" -> format("datetime", Kind.TIMESTAMP, declared, "YYYY-MM-DD HH24:MI:SS");
            case "timestamp" -> format("timestamp", Kind.TIMESTAMP, declared, "YYYY-MM-DD HH24:MI:SS.FF");
            case "timestamp with time zone", "timestamp with local time zone" ->
                format("timestamptz", Kind.TIMESTAMP_TZ, declared, "YYYY-MM-DD HH24:MI:SS.FF TZH:TZM");
            case "interval day to second", "interval year to month" ->
                ColumnType.of("string", Kind.OTHER, declared).readAs("TO_CHAR($)");
            case "raw", "long raw", "blob" -> ColumnType.of("binary", Kind.BINARY, declared);
            case "json" ->
                ColumnType.of("json", Kind.JSON, declared)
                        .readAs("JSON_SERIALIZE($ RETURNING CLOB)")
                        .writtenAs("JSON(?)");
            case "xmltype" ->
                ColumnType.of("text", Kind.OTHER, declared)
                        .readAs("XMLSERIALIZE(CONTENT $ AS CLOB)")
                        .writtenAs("XMLTYPE(?)");
            case "sdo_geometry" ->
                ColumnType.of("string", Kind.OTHER, declared)
                        .readAs("SDO_UTIL.TO_WKTGEOMETRY($)")
                        .writtenAs("SDO_UTIL.FROM_WKTGEOMETRY(?)");
            default -> ColumnType.of("string", Kind.OTHER, declared);
        };
    }

    private static ColumnType number(String declared) {
        ColumnType decimal = ColumnType.of("decimal", Kind.DECIMAL, declared);
        @Nullable Integer digits = decimal.precision();
        @Nullable Integer scale = decimal.scale();
        if (digits == null || scale == null || scale != 0) {
            return decimal;
        }
        // A number of one digit is what tables here have for yes and no.
        return digits == 1
                ? ColumnType.of("boolean", Kind.BOOLEAN, declared)
                : ColumnType.of(
                        digits > 9 ? "bigint" : "integer", digits > 18 ? Kind.BIG_INTEGER : Kind.INTEGER, declared);
    }

    private static ColumnType format(String simple, Kind kind, String declared, String format) {
        String to = kind == Kind.TIMESTAMP_TZ ? "TO_TIMESTAMP_TZ" : "TO_TIMESTAMP";
        return ColumnType.of(simple, kind, declared)
                .readAs("TO_CHAR($, '" + format + "')")
                .writtenAs(
                        declared.equalsIgnoreCase("date")
                                ? "TO_DATE(?, '" + format + "')"
                                : to + "(?, '" + format + "')");
    }

    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        String text = reported.strip();
        return text.toLowerCase(Locale.ROOT).endsWith(".nextval") ? null : Defaults.read(text, type);
    }

    @Override
    public boolean returning() {
        return false;
    }

    @Override
    public Paging paging() {
        return Paging.FETCH;
    }

    @Override
    public String asText(String quoted) {
        return "TO_CHAR(" + quoted + ")";
    }

    @Override
    public boolean comparedAsText(ColumnType type) {
        return switch (ColumnType.base(type.declared())) {
            case "clob", "nclob" -> true;
            default -> false;
        };
    }

    /** A boolean is a number of one digit. */
    @Override
    public Object bindable(Object value) {
        return value instanceof Boolean truth ? (Object) (truth ? 1 : 0) : value;
    }

    @Override
    public String insertDefaults(String quotedTable, String quotedColumn) {
        return "INSERT INTO " + quotedTable + " (" + quotedColumn + ") VALUES (DEFAULT)";
    }

    @Override
    public boolean faultsNameTables() {
        return false;
    }

    /** Theirs have never been run against a server, so they are not offered. */
    @Override
    public boolean routines() {
        return false;
    }

    @Override
    public Ddl ddl() {
        return new OracleDdl();
    }

    @Override
    public Fault classify(SQLException failure) {
        Message told = Message.of(failure);
        String constraint = Message.last(told.between("constraint (", ")"));
        return switch (failure.getErrorCode()) {
            case 1 -> new Fault.Duplicate(constraint);
            case 2291, 2292 -> new Fault.BrokenReference(constraint, "");
            case 1400, 1407 -> new Fault.NullValue(column(told));
            case 2290 -> new Fault.CheckFailed(constraint);
            case 12899 -> new Fault.BadValue(column(told));
            case 932, 1401, 1426, 1438, 1489, 1722, 1830, 1839, 1840, 1841, 1843, 1847, 1858, 1861, 2359, 6502, 40441 ->
                new Fault.BadValue("");
            case 904, 942 -> new Fault.UndefinedName();
            case 955 -> new Fault.AlreadyExists();
            case 1013 -> new Fault.TimedOut();
            case 54, 60, 8177, 30006 -> new Fault.InTheWay();
            case 1031, 1045, 16000, 41900 -> new Fault.NotAllowed();
            case 1005,
                    1017,
                    1033,
                    1034,
                    1089,
                    1109,
                    3113,
                    3114,
                    3135,
                    12170,
                    12505,
                    12514,
                    12541,
                    12543,
                    17002,
                    17008,
                    17410,
                    28000,
                    28001 -> new Fault.Unreachable();
            default ->
                failure.getSQLState() != null && failure.getSQLState().startsWith("08")
                        ? new Fault.Unreachable()
                        : new Fault.Other();
        };
    }

    /** {@code … ("HR"."CUSTOMER"."NAME") …} or {@code … column "HR"."CUSTOMER"."NAME" (actual …}. */
    private static String column(Message told) {
        String text = told.text();
        int end = text.indexOf('"', text.lastIndexOf("\".\"") + 3);
        return end < 0 ? "" : text.substring(text.lastIndexOf("\".\"") + 3, end);
    }
}
