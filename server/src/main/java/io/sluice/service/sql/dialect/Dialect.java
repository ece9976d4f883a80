package io.sluice.service.sql.dialect;

import io.sluice.api.ApiException;
import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one kind of database does its own way. Thread-safe. */
public interface Dialect {
    /** The service type: {@code pgsql}. */
    String name();

    String label();

    List<ConfigField> config();

    /** Its driver; loaded when first asked for. One that is not there is a 503 that says where to put it. */
    Driver driver();

    /** Runs inside this process, on a file; otherwise there are host, port and login. */
    default boolean embedded() {
        return false;
    }

    /** The config field {@code database} must be there. */
    default boolean databaseNeeded() {
        return true;
    }

    /** The usual port; 0 where there is none. */
    default int port() {
        return 0;
    }

    /** This dialect for a service whose statements may take that many seconds. */
    default Dialect within(int seconds) {
        return this;
    }

    /** To be called with each statement before it runs. */
    default void prepared(PreparedStatement statement) throws SQLException {}

    /** To be called with each new connection, before anything else is done with it. */
    default void opened(Connection connection) throws SQLException {}

    /** Reads the config; what can never work is a 400. Does not connect. {@code timeout} in seconds. */
    Address address(ServiceDefinition service, int timeout);

    String quote(String identifier);

    /** One value: the schema of unqualified names; null where there are no schemas. */
    String defaultSchema();

    /** Rows of schema, name, is-view, comment, ordered by name; schema is null where there are none. */
    String listTables();

    /**
     * Rows of name, declared type, default, nullable, auto-increment, computed, comment, in the order of the table;
     * parameters: schema, table.
     */
    String listColumns();

    /** Rows of name, column of the unique keys that the driver does not report; parameters as before; empty text for none. */
    default String listUniqueKeys() {
        return "";
    }

    ColumnType type(String declared);

    /** The value that a reported default stands for: text, number, boolean; an expression as its text. */
    @Nullable
    Object defaultValue(String reported, ColumnType type);

    /** INSERT … RETURNING works; otherwise generated keys are asked of the driver. */
    boolean returning();

    /** How many digits a second has in this type; -1 where the driver's text is as the server would write it. */
    default int fractionDigits(ColumnType type) {
        return -1;
    }

    /** {@code getBytes} of anything that travels as text gives that text as the server sent it, in UTF-8. */
    default boolean textAsUtf8() {
        return false;
    }

    /** Columns hold values of any type whatever was declared. */
    default boolean looselyTyped() {
        return false;
    }

    /** Metadata calls of the driver take the schema as their catalogue. */
    default boolean schemasAreCatalogues() {
        return false;
    }

    /** A broken reference comes with the name of the table that holds the key. */
    default boolean faultsNameTables() {
        return true;
    }

    /** A cursor with a fetch size needs an open transaction. */
    default boolean cursorNeedsTransaction() {
        return false;
    }

    /** The driver reads all that is left of a cursor before it lets go of it. */
    default boolean closingReadsTheRest() {
        return false;
    }

    /** There are stored procedures and functions. */
    default boolean routines() {
        return true;
    }

    /**
     * Rows of schema, name, identifier, is-function, returns-a-set, return type, comment, ordered by name. Routines of one
     * name that differ by their parameters have identifiers of their own.
     */
    default String listRoutines() {
        return "";
    }

    /**
     * Rows of name, position, mode (IN, OUT, INOUT, TABLE), declared type, number of last inputs that may be left out; the
     * parameter is a routine's identifier.
     */
    default String listParameters() {
        return "";
    }

    /** The place of an argument in a call, by the declared type of its parameter. */
    default String argument(String declared) {
        return "?";
    }

    /** A procedure's OUT values come as a row; otherwise they are registered with the driver. */
    default boolean outAsRow() {
        return false;
    }

    /** What a routine itself says when it gives up; empty when the failure is the database's own. */
    default Optional<String> raised(SQLException failure) {
        return Optional.empty();
    }

    /** How a query is cut down to a page. */
    enum Paging {
        /** {@code LIMIT n OFFSET m}. */
        LIMIT,
        /** {@code OFFSET m ROWS FETCH NEXT n ROWS ONLY}. */
        FETCH,
        /** The same, but only after ORDER BY. */
        FETCH_AFTER_ORDER
    }

    default Paging paging() {
        return Paging.LIMIT;
    }

    /** The characters with a meaning in a LIKE pattern. */
    default String wildcards() {
        return "%_";
    }

    /** A quoted column as text, for LIKE on numbers and dates. */
    String asText(String quoted);

    /** Equality is not defined for this type, so its text is compared. */
    default boolean comparedAsText(ColumnType type) {
        return false;
    }

    /** An ORDER BY item; {@code nulls} is {@code FIRST}, {@code LAST} or empty. */
    default String orderBy(String quoted, String direction, String nulls) {
        return nulls.isEmpty() ? quoted + " " + direction : quoted + " " + direction + " NULLS " + nulls;
    }

    /** How many values one statement may bind. */
    default int maxParameters() {
        return 2_000;
    }

    /** How many values one IN list may hold. */
    default int maxListed() {
        return Integer.MAX_VALUE;
    }

    /** Texts that differ by case or by blanks at their ends only are usually equal. */
    default boolean foldsCase() {
        return false;
    }

    /** The value in a form that the driver binds faithfully. */
    default Object bindable(Object value) {
        return value;
    }

    /** An INSERT that gives no value; the column is any of the table's. */
    default String insertDefaults(String quotedTable, String quotedColumn) {
        return "INSERT INTO " + quotedTable + " DEFAULT VALUES";
    }

    /** To be called when a connection is taken from the pool, where the server itself keeps no time limit. */
    default void limit(Connection connection, int seconds) throws SQLException {}

    Ddl ddl();

    Fault classify(SQLException failure);

    /** The pieces of CREATE TABLE that differ. */
    interface Ddl {
        /** The type of a column of that simple type, or empty text when there is none. */
        String type(String simple, @Nullable Integer length, @Nullable Integer precision, @Nullable Integer scale);

        /** Type and key of a generated identifier: {@code serial PRIMARY KEY}. */
        String identity(String simple);

        /** A quoted text literal, for defaults and comments, which cannot be bound. */
        default String literal(String text) {
            return "'" + withoutNull(text).replace("'", "''") + "'";
        }

        /** No database holds that character, and one ends the connection over it. */
        static String withoutNull(String text) {
            if (text.indexOf('\0') >= 0) {
                throw ApiException.badRequest("A default or description must not hold null characters.");
            }
            return text;
        }

        /** The statements that make a table of these columns and constraints. */
        default List<String> create(String quotedTable, List<String> parts) {
            return List.of("CREATE TABLE " + quotedTable + " (" + String.join(", ", parts) + ")");
        }

        /** A boolean in a default. */
        default String literal(boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }

        /** What stands before a new column in ALTER TABLE. */
        default String add() {
            return "ADD COLUMN ";
        }

        /** The statement that sets a table's comment; empty text when tables have none. */
        String comment(String quotedTable, String literal);

        /** The statement that sets a column's comment; empty text when there is none of its own. */
        default String columnComment(String quotedTable, String quotedColumn, String literal) {
            return "";
        }

        /** Tables can be changed within a transaction, and come back when it is rolled back. */
        default boolean transactional() {
            return false;
        }

        /** A column that is added names its target itself, since keys cannot be added later. */
        default boolean referencesInline() {
            return false;
        }

        /** A generated identifier can be added to a table that is there. */
        default boolean addsIdentity() {
            return true;
        }

        /** A column with an index cannot be dropped before that index. */
        default boolean indexesHoldColumns() {
            return false;
        }

        /** Statements that change a column; none when this database cannot change columns. */
        default List<String> alter(Altered column) {
            String start = "ALTER TABLE " + column.table() + " ALTER COLUMN " + column.column();
            List<String> statements = new ArrayList<>();
            if (column.changes().contains(Part.TYPE)) {
                statements.add(start + " SET DATA TYPE " + column.type());
            }
            if (column.changes().contains(Part.DEFAULT)) {
                statements.add(
                        start + (column.standard().isEmpty() ? " DROP DEFAULT" : " SET DEFAULT " + column.standard()));
            }
            if (column.changes().contains(Part.NULLABLE)) {
                statements.add(start + (column.nullable() ? " DROP NOT NULL" : " SET NOT NULL"));
            }
            return statements;
        }
    }

    /** What of a column changes. */
    enum Part {
        TYPE,
        NULLABLE,
        DEFAULT
    }

    /**
     * A column as it is to be.
     *
     * @param table and {@code column} quoted
     * @param standard the default as SQL, empty for none
     * @param comment as a literal, empty for none
     */
    record Altered(
            String table,
            String column,
            String type,
            boolean nullable,
            String standard,
            String comment,
            Set<Part> changes) {
        public Altered {
            changes = Set.copyOf(changes);
        }
    }
}
