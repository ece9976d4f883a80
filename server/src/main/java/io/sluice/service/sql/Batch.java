package io.sluice.service.sql;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many records in one call, in order, by the rules for {@code continue} and {@code rollback}. */
final class Batch {
    /** What happens after a record failed. */
    enum Mode {
        /** Nothing more is done; what was done stays. */
        STOP,
        CONTINUE,
        /** All is undone. */
        ROLLBACK
    }

    /** The work for one record; what it answers. */
    interface Work<T> {
        Object on(Connection connection, T item, int index) throws SQLException;
    }

    /** What becomes of all answers in the end, the connection still being held. */
    interface Finish {
        List<Object> on(Connection connection, List<Object> answers) throws SQLException;
    }

    private final Database database;
    private final Table table;
    private final Verb verb;
    private final Mode mode;

    Batch(Database database, Table table, Verb verb, Parameters options) {
        this.database = database;
        this.table = table;
        this.verb = verb;
        this.mode = mode(options);
    }

    static Mode mode(Parameters options) {
        boolean goOn = options.flag("continue");
        boolean back = options.flag("rollback");
        if (goOn && back) {
            throw ApiException.badRequest("Rollback and continue operations can not be requested at the same time.");
        }
        return back ? Mode.ROLLBACK : goOn ? Mode.CONTINUE : Mode.STOP;
    }

    /** Each item's answer, or the batch error. {@code whole}: an item is several statements that belong together. */
    <T> List<Object> run(List<T> items, boolean whole, Work<T> work) {
        return run(items, whole, work, (connection, answers) -> answers);
    }

    <T> List<Object> run(List<T> items, boolean whole, Work<T> work, Finish finish) {
        return database.with(connection -> {
            connection.setAutoCommit(!whole && mode != Mode.ROLLBACK);
            Outcome outcome = new Outcome();
            for (int i = 0; i < items.size(); i++) {
                boolean done = outcome.add(i, () -> one(connection, items, work, outcome.answers.size()));
                if (!done && mode != Mode.CONTINUE) {
                    break;
                }
                if (!done && outcome.notTheRecordsFault && broken(connection)) {
                    outcome.notTried(i + 1, items.size());
                    break;
                }
            }
            List<Object> answers = finish(connection, outcome, finish);
            outcome.throwIfFailed(answers);
            if (mode == Mode.ROLLBACK) {
                commit(connection);
            }
            return answers;
        });
    }

    private List<Object> finish(Connection connection, Outcome outcome, Finish finish) throws SQLException {
        try {
            return finish.on(connection, outcome.answers);
        } catch (SQLException e) {
            throw mode == Mode.ROLLBACK ? database.failed(e) : written(database.failedLate(e), outcome.answers);
        } catch (ApiException e) {
            throw mode == Mode.ROLLBACK ? e : written(e, outcome.answers);
        }
    }

    /** What was committed stays, and must not be made again: the answer says what it is. */
    private static ApiException written(ApiException failure, List<Object> answers) {
        ApiError why = failure.error();
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("reason", "written");
        context.put("resource", answers);
        return new ApiException(
                new ApiError(
                        why.status(),
                        why.code(),
                        "The records were written, see 'resource'; do not write them again. What is related to them could"
                                + " not be read: " + why.message(),
                        context),
                failure);
    }

    private <T> Object one(Connection connection, List<T> items, Work<T> work, int index) throws SQLException {
        try {
            Object answer = work.on(connection, items.get(index), index);
            if (!connection.getAutoCommit() && mode != Mode.ROLLBACK) {
                connection.commit();
            }
            return answer;
        } catch (SQLException e) {
            undo(connection, e);
            throw new FaultMessages(database).ofWrite(e, table, verb);
        } catch (ApiException | SchemaChanged e) {
            undo(connection, e);
            throw e;
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new FaultMessages(database).ofWrite(e, table, verb);
        }
    }

    private static boolean broken(Connection connection) throws SQLException {
        return connection.isClosed() || !connection.isValid(2);
    }

    /** On a connection that broke the database undoes it by itself. */
    static void undo(Connection connection, Exception failure) {
        try {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    private interface Attempt {
        Object run() throws SQLException;
    }

    /** What became of each item so far. */
    private final class Outcome {
        private final List<Object> answers = new ArrayList<>();
        private final List<Integer> failed = new ArrayList<>();
        private boolean notTheRecordsFault;

        boolean add(int index, Attempt attempt) throws SQLException {
            try {
                answers.add(attempt.run());
                return true;
            } catch (ApiException e) {
                // A database that is down is no fault of one record; where nothing was done, the call can be made
                // again.
                if (e.error().status() >= 500 && (answers.isEmpty() || mode == Mode.ROLLBACK)) {
                    throw e;
                }
                notTheRecordsFault = e.error().status() >= 500;
                fail(index, e.error());
            } catch (SchemaChanged e) {
                // Where nothing was committed the call is made again with the schema of now.
                if (index == 0 || mode == Mode.ROLLBACK) {
                    throw e;
                }
                database.schema().forget();
                fail(index, ApiError.of(409, "The tables of the database changed during the call. Try again."));
            }
            return false;
        }

        void notTried(int from, int to) {
            for (int i = from; i < to; i++) {
                fail(i, ApiError.of(503, "This record was not tried: the connection to the database broke before it."));
            }
        }

        private void fail(int index, ApiError error) {
            failed.add(index);
            answers.add(error.toMap());
        }

        void throwIfFailed(List<Object> told) {
            if (!failed.isEmpty()) {
                String ending = mode == Mode.ROLLBACK ? " All changes rolled back." : "";
                throw error(verb, failed, told, ending);
            }
        }
    }

    /** The batch error: 400, code 1000, the failed places and everything answered so far. */
    static ApiException error(Verb verb, List<Integer> failed, List<?> answers, String ending) {
        String done = switch (verb) {
            case GET -> "retrieved";
            case POST -> "created";
            case PUT, PATCH -> "updated";
            case DELETE -> "deleted";
        };
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("error", failed);
        context.put("resource", answers);
        String message = "Batch Error: Not all requested records could be " + done + "." + ending;
        return new ApiException(new ApiError(400, ApiError.BATCH, message, context));
    }
}
