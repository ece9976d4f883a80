package io.sluice.service.file.swift;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The session of a store: kept until it ends or is refused; one login at a time, whatever comes at once. Thread-safe. */
final class Sessions {
    private final Login login;
    private final InstantSource clock;
    private final ReentrantLock logins = new ReentrantLock();
    private volatile @Nullable Session kept;

    Sessions(Login login, InstantSource clock) {
        this.login = login;
        this.clock = clock;
    }

    Session current() throws IOException {
        Session session = kept;
        return session != null && session.holdsAt(clock.instant()) ? session : after(session);
    }

    /** One that is newer than that: its own login, or that of somebody who found the same. */
    Session after(@Nullable Session old) throws IOException {
        logins.lock();
        try {
            Session session = kept;
            if (session == null || (old != null && session.token().equals(old.token()))) {
                session = login.session();
                kept = session;
            }
            return session;
        } finally {
            logins.unlock();
        }
    }
}
