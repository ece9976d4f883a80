package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Arriving;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The memory for bodies of callers who have not proved who they are: small ones are taken, larger ones as far as it goes. Thread-safe. */
final class Reserve {
    /** So many bytes a body may always have: times the calls at a time, that is little. */
    static final int FREE = 64 << 10;

    private final Semaphore bytes;

    Reserve(int bytes) {
        this.bytes = new Semaphore(bytes);
    }

    /**
     * Sets memory aside for that body, at once or never: an ApiException refuses it. What is answered has to be given back.
     *
     * @param most bytes that it may have
     */
    int take(Arriving body, int most) {
        if (body.within(FREE).isPresent()) {
            return 0;
        }
        int wanted = (int) body.length().orElse(most);
        if (!bytes.tryAcquire(wanted)) {
            throw new ApiException(
                    ApiError.of(503, "Too many large bodies are being received here; send it again in a moment."),
                    Map.of("Retry-After", "1", "Connection", "close"),
                    null);
        }
        return wanted;
    }

    void giveBack(int taken) {
        bytes.release(taken);
    }
}
