package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Fault;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes and drops tables and fields. Names are quoted, types come from a list, literals are escaped by the dialect. */
final class TableMaker {
    private static final int MAX_NAME = 63;
    private static final String REFUSED =
            "The database refuses this definition: a type, default, key or reference in it does not fit the others.";

    private final Database database;

    TableMaker(Database database) {
        this.database = database;
    }

    /** Makes the table; one that is there already stays as it is. Its name as the database has it. */
    String make(String name, Map<?, ?> definition) {
        Optional<TableName> known = database.schema().find(name);
        if (known.isPresent()) {
            return known.get().api();
        }
        String quoted = database.dialect().quote(checked(name));
        List<String> statements = new ArrayList<>();
        statements.addAll(database.dialect().ddl().create(quoted, parts(definition)));
        @Nullable Object description = definition.get("description");
        if (description != null) {
            String comment = database.dialect()
                    .ddl()
                    .comment(quoted, database.dialect().ddl().literal(String.valueOf(description)));
            if (!comment.isEmpty()) {
                statements.add(comment);
            }
        }
        run(statements);
        return database.schema().find(name).map(TableName::api).orElse(name);
    }

    private List<String> parts(Map<?, ?> definition) {
        if (!(definition.get("field") instanceof List<?> fields) || fields.isEmpty()) {
            throw ApiException.badRequest(
                    "A table needs at least one field: \"field\": [{\"name\": \"id\", \"type\": \"id\"}].");
        }
        List<String> columns = new ArrayList<>();
        List<String> constraints = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Object each : fields) {
            FieldDefinition field = FieldDefinition.read(each, database);
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw ApiException.badRequest("The table has two fields with the name '" + field.name() + "'.");
            }
            columns.add(field.quoted() + " " + field.sql());
            field.reference().ifPresent(constraints::add);
            if (field.primary() && !field.identity()) {
                primary.add(field.quoted());
            }
        }
        if (!primary.isEmpty()) {
            columns.add("PRIMARY KEY (" + String.join(", ", primary) + ")");
        }
        columns.addAll(constraints);
        return columns;
    }

    void drop(Table table) {
        run(List.of((table.id().view() ? "DROP VIEW " : "DROP TABLE ") + table.quoted()));
    }

    /** Adds a column; its name. */
    String addField(Table table, Map<?, ?> definition) {
        FieldDefinition field = FieldDefinition.read(definition, database);
        if (table.column(field.name()).isPresent()) {
            throw ApiException.badRequest(
                    "Field '" + field.name() + "' already exists in table '" + table.name() + "'.");
        }
        String inline = field.reference().isPresent() ? field.inlineReference() : "";
        run(List.of("ALTER TABLE " + table.quoted() + " "
                + database.dialect().ddl().add() + field.quoted() + " " + field.sql() + inline));
        return field.name();
    }

    void dropField(Table table, Column column) {
        run(List.of("ALTER TABLE " + table.quoted() + " DROP COLUMN " + column.quoted()));
    }

    /** A name that every database takes and that an address can hold. */
    static String checked(String name) {
        boolean bad = name.isBlank()
                || name.length() > MAX_NAME
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
                || name.chars().anyMatch(c -> c < ' ' || c == '.' || c == '/' || c == '"' || c == '`');
        if (bad) {
            throw ApiException.badRequest("'" + name + "' is not a usable name: up to " + MAX_NAME
                    + " characters, without dots, slashes and quotes.");
        }
        return name;
    }

    private void run(List<String> statements) {
        try {
            database.with(connection -> execute(connection.createStatement(), statements));
        } finally {
            database.schema().forget();
        }
    }

    private int execute(Statement open, List<String> statements) throws SQLException {
        try (Statement statement = open) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return statements.size();
        } catch (SQLException e) {
            if (database.dialect().classify(e) instanceof Fault.Other) {
                throw new ApiException(ApiError.of(400, REFUSED), e);
            }
            throw e;
        }
    }
}
