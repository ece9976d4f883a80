package io.sluice.service.sql.dialect;

/** What went wrong in a database, told apart by its codes. Names are empty when the database did not say. */
public sealed interface Fault {
    /** A unique key is taken. {@code key} is the name of the constraint, or {@code table.column[, table.column]}. */
    record Duplicate(String key) implements Fault {}

    /**
     * A foreign key is broken: a row would point at nothing, or rows still point at this one. {@code table} is the one that
     * holds the key.
     */
    record BrokenReference(String constraint, String table) implements Fault {}

    record NullValue(String column) implements Fault {}

    /** A check of the table says no. */
    record CheckFailed(String constraint) implements Fault {}

    /** Too long, out of range, or not readable as the column's type. */
    record BadValue(String column) implements Fault {}

    /** A table or column that we know is not there any more. */
    record UndefinedName() implements Fault {}

    record AlreadyExists() implements Fault {}

    /** The database broke the statement off after the time limit. */
    record TimedOut() implements Fault {}

    /** Locks: another call was in the way; trying again helps. */
    record InTheWay() implements Fault {}

    /** The login of the service may not do this. */
    record NotAllowed() implements Fault {}

    /** No connection, or it broke. */
    record Unreachable() implements Fault {}

    record Other() implements Fault {}
}
