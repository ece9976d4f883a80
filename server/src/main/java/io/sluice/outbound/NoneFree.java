package io.sluice.outbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** A call waited for a connection for as long as its host may be silent. Nothing else ends that wait: it is not idle, it is queued. */
final class NoneFree extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private NoneFree() {
        super("no connection was free");
    }

    /** Ends the request when it still waits then. To be called before it is sent. */
    static void after(Duration patience, Request request, Scheduler scheduler) {
        Scheduler.Task end =
                scheduler.schedule(() -> request.abort(new NoneFree()), patience.toMillis(), TimeUnit.MILLISECONDS);
        request.onRequestBegin(begun -> end.cancel());
        request.onRequestFailure((failed, why) -> end.cancel());
    }
}
