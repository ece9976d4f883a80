package io.sluice.http;

import io.sluice.api.Content;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A cursor over made-up rows that can fail on the way. */
final class FakeRows implements Content.Rows {
    private final int count;
    private final RowShape shape = RowShape.of(List.of("id", "name"));
    private int failAfter = -1;
    private RuntimeException failure = new IllegalStateException();
    private CompletableFuture<Boolean> closing = new CompletableFuture<>();
    private int waitAfter = -1;
    private CompletableFuture<Boolean> signal = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile int drained;

    FakeRows(int count) {
        this.count = count;
    }

    FakeRows failingAfter(int rows, RuntimeException with) {
        failAfter = rows;
        failure = with;
        return this;
    }

    FakeRows whenClosed(CompletableFuture<Boolean> future) {
        closing = future;
        return this;
    }

    /** A portion ends after so many rows; the next comes once the future is there. The answer is a slow one by then. */
    FakeRows waitingAfter(int rows, CompletableFuture<Boolean> future) {
        waitAfter = rows;
        signal = future;
        return this;
    }

    boolean closed() {
        return closed;
    }

    int drained() {
        return drained;
    }

    @Override
    public RowShape shape() {
        return shape;
    }

    @Override
    public void drainTo(RowSink sink) {
        for (int i = 0; i < count; i++) {
            if (i == failAfter) {
                throw failure;
            }
            sink.beginRow();
            sink.integer(0, i);
            sink.text(1, "row " + i);
            sink.endRow();
            drained = i + 1;
            if (drained == waitAfter) {
                outlastPatience();
                sink.portionEnded();
                signal.join();
            }
        }
    }

    /** The request began before this, so after so long its answer is late on any machine. */
    private static void outlastPatience() {
        long end = System.nanoTime() + AnswerWriter.PATIENCE_NANOS;
        while (System.nanoTime() - end <= 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public Map<String, Object> meta() {
        return Map.of("count", count);
    }

    @Override
    public void close() {
        closed = true;
        closing.complete(true);
    }
}
