package io.sluice.script;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does things later. What is to be done must be short and must not throw. */
public interface Timetable extends AutoCloseable {
    void in(Duration pause, Runnable deed);

    @Override
    default void close() {}

    /** On one thread of its own; what is due after {@link #close} is dropped. */
    static Timetable onOneThread(String name) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        return new Timetable() {
            @Override
            public void in(Duration pause, Runnable deed) {
                if (!thread.isShutdown()) {
                    thread.schedule(deed, pause.toMillis(), TimeUnit.MILLISECONDS);
                }
            }

            @Override
            public void close() {
                thread.shutdownNow();
            }
        };
    }
}
