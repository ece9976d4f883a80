package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One call of one routine. Names come from the catalogue, arguments are bound. Confined to one call. */
final class RoutineCall {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final Dialect dialect;
    private final Routine routine;
    private final List<@Nullable Object> arguments;

    RoutineCall(Database database, Routine routine, List<@Nullable Object> arguments) {
        this.database = database;
        this.dialect = database.dialect();
        this.routine = routine;
        this.arguments = new ArrayList<>();
        arguments.forEach(argument -> this.arguments.add(bindable(argument)));
    }

    private static @Nullable Object bindable(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> JSON.writeValueAsString(map);
            case List<?> list -> JSON.writeValueAsString(list);
            case BigInteger whole -> new BigDecimal(whole);
            case null -> null;
            default -> value;
        };
    }

    /** All that came back, in the order in which it came. */
    record Outcome(List<List<Map<String, @Nullable Object>>> sets, Map<String, @Nullable Object> out) {}

    Outcome run() {
        return database.with(connection -> {
            connection.setAutoCommit(true);
            try {
                return routine.function() ? function(connection) : procedure(connection);
            } catch (SQLException e) {
                throw failed(e);
            }
        });
    }

    private RuntimeException failed(SQLException failure) {
        Fault fault = dialect.classify(failure);
        ApiError general = new FaultMessages(database).general(fault, failure).error();
        String said = dialect.raised(failure).orElse(general.message());
        String what = routine.function() ? "function" : "procedure";
        boolean theirs = general.status() == 400 || general.status() == 403 || general.status() > 500;
        return new ApiException(
                ApiError.of(
                        theirs ? general.status() : 500,
                        "Failed to call database stored " + what + ". " + said,
                        general.context()),
                failure);
    }

    private String name() {
        return routine.schema() == null
                ? dialect.quote(routine.name())
                : dialect.quote(routine.schema()) + "." + dialect.quote(routine.name());
    }

    /** One value is a row of one column without a name. */
    private Outcome function(Connection connection) throws SQLException {
        boolean rows = routine.set() || !routine.outputs().isEmpty();
        Sql sql = new Sql().add(rows ? "SELECT * FROM " : "SELECT ").add(name()).add("(");
        List<Routine.Parameter> inputs = routine.inputs();
        for (int i = 0; i < arguments.size(); i++) {
            place(sql, inputs.get(i), arguments.get(i), i);
        }
        List<Map<String, @Nullable Object>> found = query(connection, sql.add(")"));
        boolean out = !routine.set() && !routine.outputs().isEmpty() && found.size() == 1;
        return out ? new Outcome(List.of(), found.getFirst()) : new Outcome(List.of(found), Map.of());
    }

    private void place(Sql sql, Routine.Parameter parameter, @Nullable Object value, int index) {
        sql.add(index == 0 ? "" : ", ");
        String around = dialect.argument(parameter.type().declared());
        int mark = around.indexOf('?');
        sql.add(around.substring(0, mark)).value(value).add(around.substring(mark + 1));
    }

    private List<Map<String, @Nullable Object>> query(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection, dialect)) {
            statement.setMaxRows(RoutineRows.MOST + 1);
            try (ResultSet rows = statement.executeQuery()) {
                return RoutineRows.read(rows, dialect);
            }
        }
    }

    private Outcome procedure(Connection connection) throws SQLException {
        return dialect.outAsRow() ? procedureWithRow(connection) : registered(connection);
    }

    private Outcome procedureWithRow(Connection connection) throws SQLException {
        Sql sql = new Sql().add("CALL ").add(name()).add("(");
        int next = 0;
        int index = 0;
        for (Routine.Parameter parameter : routine.parameters()) {
            if (parameter.in() && next >= arguments.size()) {
                break;
            }
            place(sql, parameter, parameter.in() ? arguments.get(next++) : null, index++);
        }
        sql.add(")");
        if (routine.outputs().isEmpty()) {
            sql.update(connection, dialect);
            return new Outcome(List.of(), Map.of());
        }
        List<Map<String, @Nullable Object>> found = query(connection, sql);
        return new Outcome(List.of(), found.isEmpty() ? Map.of() : found.getFirst());
    }

    private Outcome registered(Connection connection) throws SQLException {
        String marks = routine.parameters().stream().map(each -> "?").collect(Collectors.joining(", "));
        try (CallableStatement statement = connection.prepareCall("{call " + name() + "(" + marks + ")}")) {
            statement.setMaxRows(RoutineRows.MOST + 1);
            int next = 0;
            for (Routine.Parameter parameter : routine.parameters()) {
                if (parameter.in()) {
                    statement.setObject(parameter.position(), arguments.get(next++));
                }
                if (parameter.out()) {
                    statement.registerOutParameter(parameter.position(), Types.VARCHAR);
                }
            }
            List<List<Map<String, @Nullable Object>>> sets = sets(statement, statement.execute());
            return new Outcome(sets, out(statement));
        }
    }

    private List<List<Map<String, @Nullable Object>>> sets(Statement statement, boolean first) throws SQLException {
        List<List<Map<String, @Nullable Object>>> sets = new ArrayList<>();
        boolean rows = first;
        int read = 0;
        while (rows || statement.getUpdateCount() >= 0) {
            if (rows) {
                if (sets.size() == RoutineRows.MOST_SETS) {
                    throw ApiException.badRequest("The routine gives more than " + RoutineRows.MOST_SETS
                            + " sets of rows. Let it give fewer.");
                }
                try (ResultSet set = statement.getResultSet()) {
                    sets.add(RoutineRows.read(set, dialect, read));
                    read += sets.getLast().size();
                }
            }
            rows = statement.getMoreResults();
        }
        return sets;
    }

    private Map<String, @Nullable Object> out(CallableStatement statement) throws SQLException {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (Routine.Parameter parameter : routine.outputs()) {
            @Nullable Object value = statement.getString(parameter.position());
            out.put(
                    parameter.name(),
                    value == null ? null : Casts.to(parameter.type().simple(), value));
        }
        return out;
    }
}
