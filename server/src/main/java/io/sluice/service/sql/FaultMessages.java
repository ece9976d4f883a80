package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import io.sluice.service.sql.dialect.Fault;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Faults of a database in plain words. */
final class FaultMessages {
    private static final int RETRY_AFTER_SECONDS = 1;
    private final Database database;

    FaultMessages(Database database) {
        this.database = database;
    }

    /** To be called before a connection is held: what a message may need is read. */
    void prepare(Table table, Verb verb) {
        if (verb == Verb.DELETE || !database.dialect().faultsNameTables()) {
            database.schema().pointingAt(table);
        }
    }

    /** What became of a write to that table. */
    RuntimeException ofWrite(SQLException failure, Table table, Verb verb) {
        Fault fault = database.dialect().classify(failure);
        return switch (fault) {
            case Fault.Duplicate taken -> error(409, duplicate(taken.key(), table), failure);
            case Fault.BrokenReference broken -> reference(broken, table, verb, failure);
            case Fault.NullValue(String column) -> error(400, nullValue(column), failure);
            case Fault.CheckFailed(String constraint) -> error(400, check(constraint, table), failure);
            case Fault.BadValue(String column) -> error(400, badValue(column, table), failure);
            case Fault.UndefinedName() -> new SchemaChanged(failure);
            case Fault.Unreachable() -> database.brokenInWrite(failure);
            case Fault.AlreadyExists(), Fault.TimedOut(), Fault.InTheWay(), Fault.NotAllowed(), Fault.Other() ->
                general(fault, failure);
        };
    }

    /** Where no table is written. */
    ApiException general(Fault fault, SQLException failure) {
        return switch (fault) {
            case Fault.TimedOut() ->
                new ApiException(
                        ApiError.because(
                                504,
                                "database_timeout",
                                "The database took longer than this service allows. Ask for less, or raise the service's timeout."),
                        failure);
            case Fault.InTheWay() ->
                ApiException.unavailable(
                        "database_locked",
                        "Another call is changing the same data. Try again in a moment.",
                        RETRY_AFTER_SECONDS,
                        failure);
            case Fault.NotAllowed() ->
                error(403, "The login of this service is not allowed to do that in the database.", failure);
            case Fault.Unreachable() -> database.unavailable(failure);
            case Fault.BadValue(String column) -> error(400, badValue(column), failure);
            case Fault.AlreadyExists() -> error(400, "That name is already taken in the database.", failure);
            case Fault.UndefinedName() ->
                error(409, "The tables of the database changed during the call. Try again.", failure);
            case Fault.Duplicate ignored -> error(409, "A unique value is already taken.", failure);
            case Fault.BrokenReference ignored -> error(409, "A reference between records does not hold.", failure);
            case Fault.NullValue(String column) -> error(400, nullValue(column), failure);
            case Fault.CheckFailed ignored -> error(400, "A rule of the database does not hold.", failure);
            case Fault.Other() -> error(500, "The database could not do that. The server's log says why.", failure);
        };
    }

    private static ApiException error(int status, String message, SQLException cause) {
        return new ApiException(ApiError.of(status, message), cause);
    }

    private static String nullValue(String column) {
        return column.isEmpty()
                ? "A required field can not be NULL."
                : "Field '" + column.toLowerCase(Locale.ROOT) + "' can not be NULL.";
    }

    private static String badValue(String column) {
        return column.isEmpty()
                ? "A value is too long, out of range or not of its field's type."
                : "Field '" + column + "' has a value that is too long, out of range or not of its type.";
    }

    private static String badValue(String column, Table table) {
        return column.isEmpty()
                ? "A value is too long, out of range or not of its field's type in table '" + table.name() + "'."
                : badValue(column);
    }

    private static String check(String constraint, Table table) {
        return constraint.isEmpty()
                ? "The record breaks a rule of table '" + table.name() + "'."
                : "The record breaks the rule '" + constraint + "' of table '" + table.name() + "'.";
    }

    private static String duplicate(String key, Table table) {
        List<String> columns = columnsOf(key, table);
        return columns.isEmpty()
                ? "A record of table '" + table.name() + "' with this value of the unique key '" + key
                        + "' already exists."
                : "A record of table '" + table.name() + "' with this " + quoted(columns) + " already exists.";
    }

    private static List<String> columnsOf(String key, Table table) {
        if (table.uniqueKeys().containsKey(key)) {
            return table.uniqueKeys().getOrDefault(key, List.of());
        }
        if (key.indexOf('.') > 0) {
            return Arrays.stream(key.split(",", -1))
                    .map(path -> path.substring(path.lastIndexOf('.') + 1).strip())
                    .toList();
        }
        boolean primary = key.equals("PRIMARY") || key.endsWith("_pkey");
        return primary ? table.primaryKey().stream().map(Column::name).toList() : List.of();
    }

    private static String quoted(List<String> columns) {
        return columns.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" and "));
    }

    private ApiException reference(Fault.BrokenReference broken, Table table, Verb verb, SQLException failure) {
        boolean ownKey = broken.table().isEmpty()
                ? !table.foreignKeys().isEmpty()
                : broken.table().equals(table.id().name());
        boolean points = verb != Verb.DELETE && ownKey;
        return points
                ? error(400, noParent(broken.constraint(), table), failure)
                : error(409, stillReferenced(broken, table), failure);
    }

    private static String noParent(String constraint, Table table) {
        List<ForeignKey> keys = table.foreignKeys();
        List<ForeignKey> named =
                keys.stream().filter(key -> key.constraint().equals(constraint)).toList();
        String which = (named.isEmpty() ? keys : named)
                .stream()
                        .map(key -> quoted(key.columns()) + " (a record of '" + key.target() + "')")
                        .collect(Collectors.joining(" or "));
        return "The record points at one that does not exist: " + which + ".";
    }

    /** Databases name one table, or none; the others with references are told, too. */
    private String stillReferenced(Fault.BrokenReference broken, Table table) {
        List<String> others = database.schema().knownPointingAt(table).stream()
                .filter(key -> !"CASCADE".equals(key.onDelete()))
                .map(ForeignKey::table)
                .filter(name -> !name.equals(broken.table()))
                .distinct()
                .toList();
        String first = broken.table().isEmpty() ? orList(others) : "'" + broken.table() + "'";
        String more = broken.table().isEmpty() || others.isEmpty()
                ? ""
                : " Other tables with references to it: " + quoted(others) + ".";
        return "Records of table " + first + " still point at this record of '" + table.name() + "'." + more;
    }

    private static String orList(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "));
    }
}
