package io.sluice.service.sql.dialect;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL 12 and newer. */
public final class PostgreSql implements Dialect {
    private static final Set<String> OPTIONS = Set.of(
            "ApplicationName",
            "sslmode",
            "connectTimeout",
            "tcpKeepAlive",
            "readOnly",
            "targetServerType",
            "prepareThreshold",
            "gssEncMode",
            "channelBinding");
    private static final String SENT_AS_TEXT =
            "DATE,TIME,TIMETZ,TIMESTAMP,TIMESTAMPTZ,UUID,NUMERIC,BOOL_ARRAY,INT2_ARRAY,INT4_ARRAY,INT8_ARRAY,FLOAT4_ARRAY,FLOAT8_ARRAY,TEXT_ARRAY,VARCHAR_ARRAY,BYTEA_ARRAY,OID_ARRAY,POINT,BOX";

    @Override
    public String name() {
        return "pgsql";
    }

    @Override
    public String label() {
        return "PostgreSQL";
    }

    @Override
    public Driver driver() {
        return new org.postgresql.Driver();
    }

    @Override
    public int port() {
        return 5432;
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("schema", "Schema", "string")
                        .describedAs("Schema of unqualified names; the login's own when empty."),
                ConfigField.of("sslmode", "SSL mode", "string")
                        .or("prefer")
                        .describedAs("disable, allow, prefer, require, verify-ca or verify-full."),
                ConfigField.of("timezone", "Time zone", "string").describedAs("Time zone of the session, such as UTC."),
                ConfigField.of("application_name", "Application name", "string"),
                ConfigField.of("charset", "Character set", "string")
                        .describedAs("Accepted; the connection always speaks UTF-8."));
    }

    @Override
    public Address address(ServiceDefinition service, int timeout) {
        Properties properties = Address.credentials(service);
        // Text is sent untyped, so that the server reads it as the type of the column beside it: dates, uuid, json,
        // enums.
        properties.setProperty("stringtype", "unspecified");
        // In their binary form the driver would write arrays otherwise than the server does, {"1","2"} for {1,2}, and
        // spend time on
        // making texts of dates that the server has made already.
        properties.setProperty("binaryTransferDisable", SENT_AS_TEXT);
        String patience = Integer.toString(Address.connectSeconds(service));
        properties.setProperty("connectTimeout", patience);
        properties.setProperty("loginTimeout", patience);
        properties.setProperty("socketTimeout", Integer.toString(Address.silentSeconds(timeout)));
        properties.setProperty(
                "ApplicationName", service.text("application_name").orElse("sluice"));
        service.text("sslmode").ifPresent(mode -> properties.setProperty("sslmode", mode));
        service.text("schema").ifPresent(schema -> properties.setProperty("currentSchema", quote(schema)));
        Address.addOptions(service, OPTIONS, properties);
        properties.setProperty("options", session(service, timeout));
        String database = URLEncoder.encode(Address.database(service), StandardCharsets.UTF_8);
        return new Address("jdbc:postgresql://" + Address.hostAndPort(service, port()) + "/" + database, properties);
    }

    private static String session(ServiceDefinition service, int timeout) {
        String limit = "-c statement_timeout=" + timeout * 1000L;
        return service.text("timezone")
                .map(zone -> limit + " -c TimeZone=" + Address.word(service, "timezone", zone))
                .orElse(limit);
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
                SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), obj_description(c.oid, 'pg_class')
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
                  AND has_schema_privilege(n.oid, 'USAGE')
                ORDER BY 2, 1""";
    }

    @Override
    public String listColumns() {
        return """
                SELECT a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), NOT a.attnotnull,
                  a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false),
                  a.attgenerated <> '', col_description(a.attrelid, a.attnum)
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum""";
    }

    @Override
    public ColumnType type(String declared) {
        if (declared.endsWith("[]")) {
            return ColumnType.of("string", Kind.ARRAY, declared);
        }
        return switch (ColumnType.base(declared)) {
            case "smallint" -> ColumnType.of("smallint", Kind.INTEGER, declared);
            case "integer" -> ColumnType.of("integer", Kind.INTEGER, declared);
            case "bigint" -> ColumnType.of("bigint", Kind.INTEGER, declared);
            case "numeric" -> ColumnType.of("decimal", Kind.DECIMAL, declared).orBeyond();
            case "real" -> ColumnType.of("float", Kind.SINGLE, declared).orBeyond();
            case "double precision" ->
                ColumnType.of("double", Kind.REAL, declared).orBeyond();
            // The driver would read it by way of a double.
            case "money" -> ColumnType.of("money", Kind.DECIMAL, declared).readAs("CAST($ AS numeric)");
            case "boolean" -> ColumnType.of("boolean", Kind.BOOLEAN, declared);
            case "character varying", "character" -> ColumnType.of("string", Kind.TEXT, declared);
            case "text" -> ColumnType.of("text", Kind.TEXT, declared);
            case "date" -> ColumnType.of("date", Kind.DATE, declared).orBeyond();
            case "time without time zone" -> ColumnType.of("time", Kind.TIME, declared);
            // The driver would tell it in this server's own zone.
            case "time with time zone" ->
                ColumnType.of("timetz", Kind.OTHER, declared).readAs("CAST($ AS text)");
            case "timestamp without time zone" ->
                ColumnType.of("timestamp", Kind.TIMESTAMP, declared).orBeyond();
            case "timestamp with time zone" ->
                ColumnType.of("timestamptz", Kind.TIMESTAMP_TZ, declared).orBeyond();
            case "bytea" -> ColumnType.of("binary", Kind.BINARY, declared);
            case "uuid" -> ColumnType.of("uuid", Kind.UUID, declared);
            case "json", "jsonb" -> ColumnType.of("string", Kind.JSON, declared);
            default -> ColumnType.of("string", Kind.OTHER, declared);
        };
    }

    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        return reported.startsWith("nextval(") ? null : Defaults.read(uncast(reported), type);
    }

    /** {@code 'new'::character varying} → {@code 'new'}. */
    private static String uncast(String expression) {
        int at = expression.startsWith("'") ? expression.lastIndexOf("'::") + 1 : expression.indexOf("::");
        return at <= 0 ? expression : expression.substring(0, at);
    }

    @Override
    public boolean textAsUtf8() {
        return true;
    }

    @Override
    public boolean returning() {
        return true;
    }

    @Override
    public boolean cursorNeedsTransaction() {
        return true;
    }

    @Override
    public String asText(String quoted) {
        return "CAST(" + quoted + " AS text)";
    }

    @Override
    public boolean comparedAsText(ColumnType type) {
        return type.kind() == Kind.JSON || type.kind() == Kind.JSON_TREE;
    }

    /** A list as the server writes arrays: {@code {1,"two",NULL}}. */
    @Override
    public Object bindable(Object value) {
        return value instanceof Object[] list ? array(list) : value;
    }

    private static String array(@Nullable Object[] list) {
        return Arrays.stream(list).map(PostgreSql::element).collect(Collectors.joining(",", "{", "}"));
    }

    private static String element(@Nullable Object each) {
        return switch (each) {
            case null -> "NULL";
            case Object[] inner -> array(inner);
            default -> '"' + each.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        };
    }

    @Override
    public String listRoutines() {
        return """
                SELECT n.nspname, p.proname, CAST(p.oid AS text), p.prokind = 'f', p.proretset, format_type(p.prorettype, NULL),
                  obj_description(p.oid, 'pg_proc')
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE p.prokind IN ('f', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  AND n.nspname !~ '^pg_(toast|temp)' AND format_type(p.prorettype, NULL) NOT IN ('trigger', 'event_trigger')
                  AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE')
                  AND NOT EXISTS (SELECT 1 FROM pg_depend d
                    WHERE d.classid = CAST('pg_proc' AS regclass) AND d.objid = p.oid AND d.deptype = 'e')
                ORDER BY 2, 1, p.pronargs, p.oid""";
    }

    @Override
    public String listParameters() {
        return """
                SELECT coalesce(p.proargnames[a.place], ''), a.place, CASE coalesce(p.proargmodes[a.place], 'i')
                  WHEN 'o' THEN 'OUT' WHEN 'b' THEN 'INOUT' WHEN 't' THEN 'TABLE' ELSE 'IN' END,
                  format_type(a.type, NULL), p.pronargdefaults
                FROM pg_proc p,
                  unnest(coalesce(p.proallargtypes, CAST(p.proargtypes AS oid[]))) WITH ORDINALITY a (type, place)
                WHERE p.oid = CAST(? AS oid) ORDER BY a.place""";
    }

    /** Which of several functions is meant depends on the types. */
    @Override
    public String argument(String declared) {
        return "CAST(? AS " + declared + ")";
    }

    @Override
    public boolean outAsRow() {
        return true;
    }

    @Override
    public Optional<String> raised(SQLException failure) {
        boolean raised = "P0001".equals(failure.getSQLState());
        return raised && failure instanceof PSQLException own
                ? Optional.ofNullable(own.getServerErrorMessage()).map(ServerErrorMessage::getMessage)
                : Optional.empty();
    }

    @Override
    public int maxParameters() {
        return 32_767;
    }

    @Override
    public Ddl ddl() {
        return new PostgreSqlDdl();
    }

    @Override
    public Fault classify(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        Detail detail = Detail.of(failure);
        return switch (state) {
            case "23505" -> new Fault.Duplicate(detail.constraint);
            case "23503" -> new Fault.BrokenReference(detail.constraint, detail.table);
            case "23502" -> new Fault.NullValue(detail.column);
            case "23514", "23P01" -> new Fault.CheckFailed(detail.constraint);
            case "42P01", "42703", "3F000" -> new Fault.UndefinedName();
            case "42P07" -> new Fault.AlreadyExists();
            case "57014" -> new Fault.TimedOut();
            case "40001", "40P01", "55P03" -> new Fault.InTheWay();
            case "42501", "25006" -> new Fault.NotAllowed();
            default -> byClass(state, detail);
        };
    }

    private static Fault byClass(String state, Detail detail) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "28", "3D", "53", "57" -> new Fault.Unreachable();
            case "22" -> new Fault.BadValue(detail.column);
            default -> new Fault.Other();
        };
    }

    /** What the server says beside the code. */
    private record Detail(String table, String constraint, String column) {
        static Detail of(SQLException failure) {
            @Nullable
            ServerErrorMessage told = failure instanceof PSQLException own ? own.getServerErrorMessage() : null;
            return told == null
                    ? new Detail("", "", "")
                    : new Detail(text(told.getTable()), text(told.getConstraint()), text(told.getColumn()));
        }

        private static String text(@Nullable String given) {
            return given == null ? "" : given;
        }
    }
}
