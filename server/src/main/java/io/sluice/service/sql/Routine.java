package io.sluice.service.sql;

import io.sluice.service.sql.dialect.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored procedure or function.
 *
 * @param api the name in addresses: plain in the default schema, else {@code schema.name}
 * @param id tells routines of one name apart
 * @param set a function that gives rows
 * @param returns the declared type of what comes back; null for procedures
 */
record Routine(
        String api,
        @Nullable String schema,
        String name,
        String id,
        boolean function,
        boolean set,
        @Nullable String returns,
        @Nullable String comment,
        List<Parameter> parameters) {
    Routine {
        parameters = List.copyOf(parameters);
    }

    /** Which way a value goes; {@code TABLE} is a column of what comes back. */
    enum Mode {
        IN,
        OUT,
        INOUT,
        TABLE
    }

    /** @param optional the routine has a value of its own for it */
    record Parameter(String name, int position, Mode mode, ColumnType type, boolean optional) {
        boolean in() {
            return mode == Mode.IN || mode == Mode.INOUT;
        }

        boolean out() {
            return mode == Mode.OUT || mode == Mode.INOUT;
        }
    }

    Routine with(List<Parameter> read) {
        return new Routine(api, schema, name, id, function, set, returns, comment, read);
    }

    List<Parameter> inputs() {
        return parameters.stream().filter(Parameter::in).toList();
    }

    List<Parameter> outputs() {
        return parameters.stream().filter(Parameter::out).toList();
    }
}
