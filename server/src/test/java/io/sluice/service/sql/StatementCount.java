package io.sluice.service.sql;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts what PostgreSQL's driver really sends, by its own protocol log: one Execute message per statement. */
final class StatementCount implements AutoCloseable {
    private static final Logger PROTOCOL = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final AtomicInteger executed = new AtomicInteger();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord message) {
            if (message.getMessage().contains("FE=> Execute")) {
                executed.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final boolean parents = PROTOCOL.getUseParentHandlers();

    static StatementCount begin() {
        StatementCount count = new StatementCount();
        count.handler.setLevel(Level.ALL);
        PROTOCOL.setUseParentHandlers(false);
        PROTOCOL.addHandler(count.handler);
        PROTOCOL.setLevel(Level.FINEST);
        return count;
    }

    int executed() {
        return executed.get();
    }

    @Override
    public void close() {
        PROTOCOL.setLevel(null);
        PROTOCOL.removeHandler(handler);
        PROTOCOL.setUseParentHandlers(parents);
    }
}
