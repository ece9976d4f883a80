package io.sluice.service.sql.dialect;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** H2 2 files below the folders that an administrator of the machine allowed. */
public final class H2 implements Dialect {
    private static final Set<String> OPTIONS =
            Set.of("MODE", "DATABASE_TO_UPPER", "DATABASE_TO_LOWER", "CASE_INSENSITIVE_IDENTIFIERS", "CACHE_SIZE");
    private static final String SUFFIX = ".mv.db";

    private final DatabaseFile files;

    /** A relative file name is looked for below the first of the roots. */
    public H2(List<Path> roots) {
        this.files = new DatabaseFile(roots);
    }

    @Override
    public String name() {
        return "h2";
    }

    @Override
    public String label() {
        return "H2";
    }

    @Override
    public Driver driver() {
        return new org.h2.Driver();
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("username", "Username", "string"), ConfigField.of("password", "Password", "password"));
    }

    /** The name may be given with or without the ending of its file. */
    @Override
    public Address address(ServiceDefinition service, int timeout) {
        String file = files.of(service, SUFFIX).toString();
        String name = file.substring(0, file.length() - SUFFIX.length());
        Properties properties = Address.credentials(service);
        Address.addOptions(service, OPTIONS, properties);
        properties.stringPropertyNames().stream()
                .filter(OPTIONS::contains)
                .forEach(option -> properties.setProperty(
                        option, Address.word(service, "options", properties.getProperty(option))));
        properties.setProperty("QUERY_TIMEOUT", Integer.toString(timeout * 1000));
        properties.setProperty("LOCK_TIMEOUT", Integer.toString(timeout * 1000));
        return new Address("jdbc:h2:file:" + name, properties);
    }

    /** Java code and other files, brought in by a file that somebody else made, must not run or be read in this process. */
    @Override
    public void opened(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("""
                        SELECT 1 FROM information_schema.routines WHERE external_language = 'JAVA'
                        UNION ALL SELECT 1 FROM information_schema.triggers
                        UNION ALL SELECT 1 FROM information_schema.tables WHERE storage_type = 'TABLE LINK'
                          OR table_class NOT LIKE 'org.h2.%'
                        UNION ALL SELECT 1 FROM information_schema.views
                          WHERE REGEXP_LIKE(view_definition, 'CSVREAD|FILE_READ|FILE_WRITE|CSVWRITE|LINK_SCHEMA', 'i')
                        UNION ALL SELECT 1 FROM information_schema.columns
                          WHERE REGEXP_LIKE(CONCAT(column_default, generation_expression), 'CSV|FILE_|LINK_SCHEMA', 'i')
                        UNION ALL SELECT 1 FROM information_schema.check_constraints
                          WHERE REGEXP_LIKE(check_clause, 'CSV|FILE_|LINK_SCHEMA', 'i')""")) {
            if (found.next()) {
                throw new SQLException("the file holds Java code, triggers, links or functions on files", "28000");
            }
        }
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String defaultSchema() {
        return "SELECT CURRENT_SCHEMA";
    }

    @Override
    public String listTables() {
        return """
                SELECT table_schema, table_name, table_type = 'VIEW', remarks FROM information_schema.tables
                WHERE LOWER(table_schema) <> 'information_schema' ORDER BY table_name""";
    }

    @Override
    public String listColumns() {
        return """
                SELECT c.column_name, LOWER(CASE
                    WHEN LOWER(c.data_type) = 'numeric' THEN 'numeric(' || c.numeric_precision || ',' || c.numeric_scale || ')'
                    WHEN LOWER(c.data_type) LIKE '%large object' THEN c.data_type
                    WHEN c.character_maximum_length IS NOT NULL AND LOWER(c.data_type) <> 'json'
                      THEN c.data_type || '(' || c.character_maximum_length || ')'
                    WHEN c.interval_type IS NOT NULL THEN 'interval ' || c.interval_type
                    WHEN LOWER(c.data_type) = 'array' THEN e.data_type || ' array'
                    ELSE c.data_type END),
                  c.column_default, c.is_nullable = 'YES', c.is_identity = 'YES', c.is_generated = 'ALWAYS', c.remarks
                FROM information_schema.columns c LEFT JOIN information_schema.element_types e
                  ON e.object_schema = c.table_schema AND e.object_name = c.table_name AND e.object_type = 'TABLE'
                  AND e.collection_type_identifier = c.dtd_identifier
                WHERE c.table_schema = ? AND c.table_name = ? ORDER BY c.ordinal_position""";
    }

    @Override
    public ColumnType type(String declared) {
        String base = ColumnType.base(declared);
        return switch (base) {
            case "tinyint", "smallint", "integer", "bigint" -> ColumnType.of(base, Kind.INTEGER, declared);
            case "numeric" -> ColumnType.of("decimal", Kind.DECIMAL, declared);
            case "decfloat" -> ColumnType.of("decimal", Kind.DECIMAL, declared).orBeyond();
            case "real" -> ColumnType.of("float", Kind.SINGLE, declared).orBeyond();
            case "double precision" ->
                ColumnType.of("double", Kind.REAL, declared).orBeyond();
            case "boolean" -> ColumnType.of("boolean", Kind.BOOLEAN, declared);
            case "character", "character varying", "varchar_ignorecase", "enum" ->
                ColumnType.of("string", Kind.TEXT, declared);
            case "character large object" -> ColumnType.of("text", Kind.TEXT, declared);
            case "date" -> ColumnType.of("date", Kind.DATE, declared).orBeyond();
            case "time" -> ColumnType.of("time", Kind.TIME, declared);
            case "time with time zone" -> ColumnType.of("timetz", Kind.OTHER, declared);
            case "timestamp" ->
                ColumnType.of("timestamp", Kind.TIMESTAMP, declared).orBeyond();
            case "timestamp with time zone" ->
                ColumnType.of("timestamptz", Kind.TIMESTAMP_TZ, declared).orBeyond();
            case "binary", "binary varying", "binary large object" -> ColumnType.of("binary", Kind.BINARY, declared);
            case "uuid" -> ColumnType.of("uuid", Kind.UUID, declared);
            case "json" -> ColumnType.of("json", Kind.JSON, declared).writtenAs("? FORMAT JSON");
            default ->
                base.endsWith(" array")
                        ? ColumnType.of("array", Kind.ARRAY, declared).readAs("CAST($ AS JSON)")
                        : ColumnType.of("string", Kind.OTHER, declared);
        };
    }

    @Override
    public @Nullable Object defaultValue(String reported, ColumnType type) {
        return Defaults.read(reported.replaceFirst("^(DATE|TIMESTAMP|TIME) (?=')", ""), type);
    }

    @Override
    public boolean returning() {
        return false;
    }

    @Override
    public boolean routines() {
        return false;
    }

    @Override
    public String asText(String quoted) {
        return "CAST(" + quoted + " AS VARCHAR)";
    }

    @Override
    public boolean comparedAsText(ColumnType type) {
        return type.kind() == Kind.JSON || type.kind() == Kind.JSON_TREE || type.kind() == Kind.ARRAY;
    }

    @Override
    public Ddl ddl() {
        return new H2Ddl();
    }

    @Override
    public Fault classify(SQLException failure) {
        Message told = Message.of(failure);
        return switch (failure.getErrorCode()) {
            case 23505 -> new Fault.Duplicate(columns(told));
            case 23503, 23506 ->
                new Fault.BrokenReference(
                        told.between(": \"", ":"), Message.last(told.between(": \"", " FOREIGN KEY")));
            case 23502 -> new Fault.NullValue(told.between("column \"", "\""));
            case 23513 -> new Fault.CheckFailed(told.between(": \"", ":"));
            case 22001 -> new Fault.BadValue(told.between("column \"", " "));
            case 22003, 22004 -> new Fault.BadValue(told.between("in column \"", "\""));
            case 22007, 22018, 22012, 22025, 22030 -> new Fault.BadValue("");
            case 42102, 42103, 42104, 42122, 90079 -> new Fault.UndefinedName();
            case 42101 -> new Fault.AlreadyExists();
            case 57014 -> new Fault.TimedOut();
            case 50200, 40001, 90131 -> new Fault.InTheWay();
            case 90096, 90097, 90040 -> new Fault.NotAllowed();
            case 90020, 90030, 90031, 90049, 90067, 90098, 90121, 90146, 28000, 50000 -> new Fault.Unreachable();
            default ->
                failure.getSQLState() != null && failure.getSQLState().startsWith("22")
                        ? new Fault.BadValue("")
                        : new Fault.Other();
        };
    }

    /** {@code … ON public.customer(email NULLS FIRST) VALUES …} → {@code customer.email}. */
    private static String columns(Message told) {
        String place = told.between(" ON ", ")");
        int open = place.indexOf('(');
        if (open < 0) {
            return "";
        }
        String table = Message.last(place.substring(0, open));
        return Arrays.stream(place.substring(open + 1).split(",", -1))
                .map(column -> table + "." + column.strip().replaceAll(" (ASC|DESC|NULLS).*$", ""))
                .collect(Collectors.joining(", "));
    }
}
