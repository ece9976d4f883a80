package io.sluice.service.sql;

import io.sluice.service.sql.dialect.ColumnType;
import io.sluice.service.sql.dialect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param name in the API: the alias if there is one
 * @param quoted the database's own name, ready for SQL
 * @param defaultValue what it stands for; null for none, or for a generated number
 * @param hasDefault the database fills the column when it is left out
 * @param computed generated from other columns; cannot be written
 * @param real the database's own name
 */
record Column(
        String name,
        String quoted,
        ColumnType type,
        boolean nullable,
        boolean autoIncrement,
        boolean computed,
        boolean hasDefault,
        @Nullable Object defaultValue,
        @Nullable String comment,
        String real) {

    Column named(String alias) {
        return alias.equals(name)
                ? this
                : new Column(
                        alias,
                        quoted,
                        type,
                        nullable,
                        autoIncrement,
                        computed,
                        hasDefault,
                        defaultValue,
                        comment,
                        real);
    }

    Kind kind() {
        return type.kind();
    }

    /** A create without it fails. */
    boolean required() {
        return !nullable && !hasDefault && !autoIncrement && !computed;
    }
}
