package io.sluice.call;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Content;
import io.sluice.api.ServiceResult;
import io.sluice.service.Effects;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import io.sluice.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls with an {@code Idempotency-Key} take effect once, however often they are sent. What is not known is said, never tried again:
 * a call that was under way when the server ended, or that failed after its work had begun, is not repeated. Thread-safe.
 */
public final class Idempotency {
    private final CallRecords records;

    /** Calls under way in this process, by their key: the hash of their request. */
    private final Map<String, String> running = new ConcurrentHashMap<>();

    /** {@code kept}: how long a key is remembered. */
    public Idempotency(Store store, Secrets secrets, Clock clock, Duration kept) {
        this.records = new CallRecords(store, secrets, clock, kept);
    }

    /** Does the work, or answers as it was answered before. Without the header there is only the work. */
    ServiceResult once(AuthorisedRequest call, Supplier<ServiceResult> work) {
        Optional<CallKey> key = CallKey.of(call);
        return key.isEmpty() ? work.get() : once(key.get(), work);
    }

    private ServiceResult once(CallKey key, Supplier<ServiceResult> work) {
        @Nullable String other = running.putIfAbsent(key.call(), key.request());
        if (other != null) {
            throw other.equals(key.request()) ? stillRunning() : otherRequest();
        }
        try {
            Optional<CallRecords.Earlier> earlier = records.claim(key);
            return earlier.isPresent() ? again(earlier.get(), key) : first(key, work);
        } finally {
            running.remove(key.call());
        }
    }

    private static ServiceResult again(CallRecords.Earlier earlier, CallKey key) {
        if (!earlier.request().equals(key.request())) {
            throw otherRequest();
        }
        if (!earlier.done()) {
            throw outcomeUnknown();
        }
        return KeptAnswer.of(earlier.answer().orElseThrow(Idempotency::answerNotKept));
    }

    private ServiceResult first(CallKey key, Supplier<ServiceResult> work) {
        Effects effects = new Effects();
        ServiceResult result;
        try {
            result = effects.during(work);
        } catch (ApiException e) {
            result = new ServiceResult(
                    e.error().status(), new Content.Tree(e.error().envelope()), null, e.headers());
        } catch (RuntimeException | Error e) {
            failed(key, effects);
            throw e;
        }
        ended(key, result, effects);
        return result;
    }

    private void ended(CallKey key, ServiceResult result, Effects effects) {
        try {
            if (isAnswer(result.status())) {
                records.keep(key, KeptAnswer.text(result));
            } else {
                failed(key, effects);
            }
        } catch (StoreException e) {
            result.content().close();
            throw e;
        }
    }

    /** 501 says what this server cannot do; the other failures of a server say that something went wrong on the way. */
    private static boolean isAnswer(int status) {
        return status < 500 || status == 501;
    }

    /** Where nothing was done the next call with that key is the first. Else the record stays as it is: the outcome is not known. */
    private void failed(CallKey key, Effects effects) {
        if (!effects.begun()) {
            records.release(key);
        }
    }

    private static ApiException stillRunning() {
        return new ApiException(
                ApiError.because(
                        409,
                        "idempotency_call_running",
                        "A call with this Idempotency-Key is still under way. Send it again in a moment."),
                Map.of("Retry-After", "1"),
                null);
    }

    private static ApiException otherRequest() {
        return new ApiException(ApiError.because(
                422,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request. A repeated call must be the same in verb, path,"
                        + " parameters and body; a new call needs a new key."));
    }

    private static ApiException outcomeUnknown() {
        return new ApiException(ApiError.because(
                409,
                "idempotency_outcome_unknown",
                "A call with this Idempotency-Key failed, or was broken off, after its work had begun: it is not known"
                        + " whether it took effect. Look at the data; to make the call again, use a new key."));
    }

    private static ApiException answerNotKept() {
        return new ApiException(
                ApiError.because(
                        409,
                        "idempotency_answer_not_kept",
                        "The call with this Idempotency-Key was made and is not made again; its answer was too large to be kept."));
    }
}
