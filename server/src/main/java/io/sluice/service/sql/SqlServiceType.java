package io.sluice.service.sql;

import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.sql.dialect.Address;
import io.sluice.service.sql.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;

/** One kind of database. */
record SqlServiceType(Dialect dialect) implements ServiceType {
    private static final int MAX_RECORDS = 1_000;
    private static final int MOST_RECORDS = 1_000_000_000;
    private static final int TIMEOUT_SECONDS = 30;
    private static final int LONGEST_SECONDS = 3_600;

    @Override
    public String name() {
        return dialect.name();
    }

    @Override
    public String label() {
        return dialect.label();
    }

    @Override
    public String description() {
        return "Tables, records and schema of a " + dialect.label() + " database.";
    }

    @Override
    public String group() {
        return "Database";
    }

    @Override
    public List<ConfigField> config() {
        List<ConfigField> fields = new ArrayList<>();
        if (dialect.embedded()) {
            fields.add(ConfigField.of("database", "Database", "string")
                    .asRequired()
                    .describedAs("Name of a file below the folders that the server allows."));
        } else {
            fields.add(ConfigField.of("host", "Host", "string").or("127.0.0.1"));
            fields.add(ConfigField.of("port", "Port", "integer").or(dialect.port()));
            ConfigField database = ConfigField.of("database", "Database", "string");
            fields.add(dialect.databaseNeeded() ? database.asRequired() : database);
            fields.add(ConfigField.of("username", "Username", "string"));
            fields.add(ConfigField.of("password", "Password", "password"));
            fields.add(ConfigField.of("statements", "Statements", "array")
                    .describedAs("SQL to run on each new connection."));
        }
        fields.addAll(dialect.config());
        fields.add(ConfigField.of("options", "Driver options", "object"));
        fields.add(ConfigField.of("attributes", "Attributes", "object")
                .describedAs("Accepted; settings of other servers' drivers, without a meaning here."));
        fields.add(ConfigField.of("native_json", "JSON as trees", "boolean")
                .or(false)
                .describedAs("JSON columns are given and taken as objects and lists instead of as text."));
        fields.add(ConfigField.of("max_connections", "Connections at most", "integer")
                .or(8));
        fields.add(ConfigField.of("connect_timeout", "Seconds to wait for a connection", "integer")
                .or(5));
        fields.add(ConfigField.of("timeout", "Statement timeout in seconds", "integer")
                .or(TIMEOUT_SECONDS));
        fields.add(ConfigField.of("cache_enabled", "Cache answers", "boolean")
                .or(false)
                .describedAs("Kept for clients of the API that send it; every answer is read from the database."));
        fields.add(ConfigField.of("cache_ttl", "Cache time", "integer").or(0).describedAs("As cache_enabled."));
        fields.add(ConfigField.of("max_records", "Records per answer at most", "integer")
                .or(MAX_RECORDS)
                .describedAs("Above 100000 it holds for CSV and NDJSON only."));
        fields.add(ConfigField.of("allow_upsert", "PUT and PATCH create missing records", "boolean")
                .or(false));
        return List.copyOf(fields);
    }

    @Override
    public Service open(ServiceDefinition definition) {
        int timeout = Address.wholeNumber(definition, "timeout", TIMEOUT_SECONDS, 1, LONGEST_SECONDS);
        TableCall.Limits limits = new TableCall.Limits(
                Address.wholeNumber(definition, "max_records", MAX_RECORDS, 1, MOST_RECORDS),
                definition.flag("allow_upsert"));
        Dialect own = dialect.within(timeout);
        Pool pool = new Pool(definition, own, timeout);
        return new SqlService(definition.name(), new Database(definition.id(), pool, own), limits);
    }
}
