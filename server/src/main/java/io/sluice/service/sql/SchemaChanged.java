package io.sluice.service.sql;

import java.sql.SQLException;

/** The database no longer knows a name that was in our copy of its schema: read the schema again and retry once. */
final class SchemaChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaChanged(SQLException cause) {
        super("the schema changed", cause);
    }
}
