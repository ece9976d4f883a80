package io.sluice.store;

import java.sql.SQLException;

/** The system database did not do what it was asked. Callers see an internal error; the cause is for the log. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, SQLException cause) {
        super(message, cause);
    }

    /** A unique or foreign key stood in the way. */
    public boolean isConstraint() {
        return getCause() instanceof SQLException sql
                && (sql.getErrorCode() == 19
                        || (sql.getSQLState() != null && sql.getSQLState().startsWith("23")));
    }
}
