package io.sluice.service.system;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.store.Store;
import io.sluice.store.StoreException;
import io.sluice.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Several changes in one call. Each has a transaction of its own, so what went well before a failure stays; with rollback all
 * share one. A failure is a 400 with code 1000 that tells the outcome of each.
 */
final class RecordBatch {
    private final Store store;
    private final String done;
    private final boolean rollback;
    private final boolean goOn;

    /**
     * @param done {@code created}, {@code updated}, {@code deleted}
     */
    RecordBatch(Store store, String done, RecordOptions options) {
        this.store = store;
        this.done = done;
        this.rollback = options.is("rollback");
        this.goOn = options.is("continue");
    }

    /** What is done with one item; the answer's entry for it. */
    interface Work {
        Object on(Tx tx, Object item);
    }

    List<Object> run(List<?> items, Work work) {
        List<Object> results = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        if (rollback) {
            together(items, work, results, failed);
        } else {
            oneByOne(items, work, results, failed);
        }
        if (!failed.isEmpty()) {
            throw new ApiException(new ApiError(
                    400,
                    ApiError.BATCH,
                    "Batch Error: Not all requested records could be " + done + "."
                            + (rollback ? " All changes rolled back." : ""),
                    Map.of("error", failed, "resource", results)));
        }
        return results;
    }

    private void oneByOne(List<?> items, Work work, List<Object> results, List<Integer> failed) {
        for (Object item : items) {
            try {
                results.add(store.write(tx -> attempt(tx, item, work)));
            } catch (ApiException e) {
                failed.add(results.size());
                results.add(e.error().toMap());
                if (!goOn) {
                    return;
                }
            }
        }
    }

    private void together(List<?> items, Work work, List<Object> results, List<Integer> failed) {
        try {
            store.write(tx -> {
                items.forEach(item -> results.add(attempt(tx, item, work)));
                return true;
            });
        } catch (ApiException e) {
            failed.add(results.size());
            results.add(e.error().toMap());
        }
    }

    private static Object attempt(Tx tx, Object item, Work work) {
        return plainly(() -> work.on(tx, item));
    }

    /** A record that the system database turns away is the caller's matter; anything else that fails in it is not. */
    static <T> T plainly(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            if (e.isConstraint()) {
                throw new ApiException(
                        ApiError.of(
                                400,
                                "The record does not fit the others: a value that must be unique is taken, or a record"
                                        + " that it names does not exist."),
                        e);
            }
            throw e;
        }
    }
}
