package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.SchemaSettings.Entry;
import io.sluice.service.sql.dialect.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One change of a schema: statements in their order, and settings to be kept once they are done. All or nothing where the
 * database can take changes of tables back; elsewhere the error says how far it came. Confined to one call.
 */
final class SchemaSteps {
    private static final String REFUSED =
            "The database refuses this definition: a type, default, key or reference in it does not fit the others.";

    private final Database database;
    private final List<Step> steps = new ArrayList<>();
    private final List<Entry> settings = new ArrayList<>();

    /** A statement and what it does, as in "field 'colour' of table 'widget' was added". */
    private record Step(String done, String sql) {}

    SchemaSteps(Database database) {
        this.database = database;
    }

    SchemaSteps add(String done, String sql) {
        if (!sql.isEmpty()) {
            steps.add(new Step(done, sql));
        }
        return this;
    }

    SchemaSteps keep(Entry entry) {
        settings.add(entry);
        return this;
    }

    void run() {
        try {
            if (!steps.isEmpty()) {
                database.with(this::execute);
            }
            database.schema().keep(settings);
        } finally {
            if (!steps.isEmpty()) {
                database.schema().forget();
            }
        }
    }

    private int execute(Connection connection) throws SQLException {
        boolean whole = database.dialect().ddl().transactional();
        connection.setAutoCommit(!whole);
        int done = 0;
        try (Statement statement = connection.createStatement()) {
            for (Step step : steps) {
                statement.execute(step.sql);
                done++;
            }
            if (whole) {
                connection.commit();
            }
            return done;
        } catch (SQLException e) {
            if (whole && !connection.isClosed()) {
                connection.rollback();
            }
            throw failed(e, steps.get(Math.min(done, steps.size() - 1)), whole ? List.of() : steps.subList(0, done));
        }
    }

    private RuntimeException failed(SQLException failure, Step at, List<Step> before) {
        Fault fault = database.dialect().classify(failure);
        if (fault instanceof Fault.UndefinedName && before.isEmpty()) {
            return new SchemaChanged(failure);
        }
        ApiException general = new FaultMessages(database).general(fault, failure);
        if (general.error().status() > 500 && before.isEmpty()) {
            return general;
        }
        ApiError said = fault instanceof Fault.Other ? ApiError.of(400, REFUSED) : general.error();
        String done = before.isEmpty()
                ? " Nothing was changed."
                : " Done before it, and not taken back: "
                        + before.stream().map(Step::done).distinct().collect(Collectors.joining(", ")) + ".";
        String message = "Not done: " + at.done + ". " + said.message() + done;
        return new ApiException(new ApiError(said.status(), said.code(), message, said.context()), failure);
    }
}
