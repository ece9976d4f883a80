package io.sluice.service.sql;

import io.sluice.service.sql.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The procedures and functions of a database: read when first asked for, kept until cleared. Thread-safe. */
final class Routines {
    private final Database database;
    private final Dialect dialect;
    private volatile @Nullable List<Routine> known;
    private volatile Map<String, Routine> read = new ConcurrentHashMap<>();

    Routines(Database database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    /** Without their parameters, in the order of their names. */
    List<Routine> list(boolean functions) {
        List<Routine> all = known;
        if (all == null) {
            all = database.with(this::readAll);
            known = all;
        }
        return all.stream().filter(routine -> routine.function() == functions).toList();
    }

    private List<Routine> readAll(Connection connection) throws SQLException {
        @Nullable String home = new Introspection(dialect, database.nativeJson()).defaultSchema(connection);
        List<Routine> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(dialect.listRoutines());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                @Nullable String schema = rows.getString(1);
                String name = rows.getString(2);
                boolean function = rows.getBoolean(4);
                all.add(new Routine(
                        Introspection.apiName(home, schema, name),
                        schema,
                        name,
                        rows.getString(3),
                        function,
                        rows.getBoolean(5),
                        function ? rows.getString(6) : null,
                        rows.getString(7),
                        List.of()));
            }
        }
        return List.copyOf(all);
    }

    /** All of that name in any case, with their parameters; looked for once more when there is none. */
    List<Routine> find(String name, boolean functions) {
        return known(name, functions).stream().map(this::full).toList();
    }

    /** The name as the catalogue writes it. */
    Optional<String> name(String typed, boolean functions) {
        return known(typed, functions).stream().findFirst().map(Routine::api);
    }

    private List<Routine> known(String name, boolean functions) {
        List<Routine> found = named(name, functions);
        if (found.isEmpty()) {
            forget();
            found = named(name, functions);
        }
        return found;
    }

    private List<Routine> named(String name, boolean functions) {
        List<Routine> any = list(functions).stream()
                .filter(routine -> routine.api().equalsIgnoreCase(name))
                .toList();
        List<Routine> exact =
                any.stream().filter(routine -> routine.api().equals(name)).toList();
        return exact.isEmpty() ? any : exact;
    }

    /** With its parameters. */
    Routine full(Routine routine) {
        Map<String, Routine> cache = read;
        Routine full = cache.get(routine.id());
        if (full == null) {
            full = routine.with(database.with(connection -> parameters(connection, routine)));
            cache.put(routine.id(), full);
        }
        return full;
    }

    private List<Routine.Parameter> parameters(Connection connection, Routine routine) throws SQLException {
        List<Routine.Parameter> all = new ArrayList<>();
        int optional = 0;
        try (PreparedStatement statement = connection.prepareStatement(dialect.listParameters())) {
            statement.setString(1, routine.id());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    optional = rows.getInt(5);
                    all.add(new Routine.Parameter(
                            rows.getString(1),
                            rows.getInt(2),
                            Routine.Mode.valueOf(rows.getString(3)),
                            dialect.type(rows.getString(4)),
                            false));
                }
            }
        }
        return withOptional(all, optional);
    }

    /** The last so many inputs may be left out. */
    private static List<Routine.Parameter> withOptional(List<Routine.Parameter> all, int optional) {
        long left = all.stream().filter(Routine.Parameter::in).count() - optional;
        List<Routine.Parameter> marked = new ArrayList<>();
        for (Routine.Parameter each : all) {
            boolean may = each.in() && left-- <= 0;
            marked.add(new Routine.Parameter(each.name(), each.position(), each.mode(), each.type(), may));
        }
        return marked;
    }

    void forget() {
        known = null;
        read = new ConcurrentHashMap<>();
    }
}
