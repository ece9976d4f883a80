package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
    private static final class Tool implements WorkerPool.Worker {
        volatile boolean alive = true;

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void close() {
            alive = false;
        }
    }

    private final AtomicInteger started = new AtomicInteger();
    private final Places places = Places.of(3, Duration.ofHours(1));

    private WorkerPool<Tool> pool(int most) {
        return new WorkerPool<>(places, most, () -> {
            started.incrementAndGet();
            return new Tool();
        });
    }

    private static long in(long millis) {
        return System.nanoTime() + millis * 1_000_000;
    }

    @AfterEach
    void close() {
        places.close();
    }

    @Test
    void aWorkerServesOneRunAfterAnother() {
        WorkerPool<Tool> pool = pool(2);
        Tool first = pool.take(in(1000), false).orElseThrow();
        pool.giveBack(first);
        assertThat(pool.take(in(1000), false)).containsSame(first);
        assertThat(started).hasValue(1);
    }

    @Test
    void whoWaitsGetsTheOneThatIsGivenBack() {
        WorkerPool<Tool> pool = pool(1);
        Tool only = pool.take(in(1000), false).orElseThrow();
        CompletableFuture<Optional<Tool>> waiting = CompletableFuture.supplyAsync(() -> pool.take(in(60_000), false));
        pool.giveBack(only);
        assertThat(waiting.join()).containsSame(only);
    }

    @Test
    void noneIsFreeBeforeTheDeadline() {
        WorkerPool<Tool> pool = pool(1);
        assertThat(pool.take(in(1000), false)).isPresent();
        assertThat(pool.take(in(50), false)).isEmpty();
    }

    @Test
    void whoseTimeEndsWhileItsWorkerStartsLeavesItToTheNextRun() {
        WorkerPool<Tool> pool = pool(1);
        assertThat(pool.take(in(-1), true)).isEmpty();
        assertThat(started).hasValue(1);
        assertThat(pool.take(in(60_000), false)).isPresent();
        assertThat(started).hasValue(1);
    }

    @Test
    void aNestedRunGetsOneMoreAndNeverWaits() {
        WorkerPool<Tool> pool = pool(1);
        assertThat(pool.take(in(1000), false)).isPresent();
        assertThat(pool.take(in(60_000), true)).isPresent();
        assertThat(pool.take(in(60_000), true)).isPresent();
        assertThat(pool.take(in(60_000), true)).isEmpty();
    }

    @Test
    void whatDiedIsReplaced() {
        WorkerPool<Tool> pool = pool(1);
        Tool first = pool.take(in(1000), false).orElseThrow();
        pool.giveBack(first);
        first.alive = false;
        assertThat(pool.take(in(1000), false).orElseThrow()).isNotSameAs(first);
        assertThat(pool.count()).isEqualTo(1);
    }

    @Test
    void anIdleWorkerOfOnePoolMakesPlaceForAnother() {
        WorkerPool<Tool> one = pool(3);
        Tool first = one.take(in(1000), false).orElseThrow();
        Tool second = one.take(in(1000), false).orElseThrow();
        Tool third = one.take(in(1000), false).orElseThrow();
        WorkerPool<Tool> other = pool(3);
        assertThat(other.take(in(10), false)).isEmpty();
        one.giveBack(second);
        assertThat(other.take(in(60_000), false)).isPresent();
        assertThat(second.alive).isFalse();
        assertThat(first.alive).isTrue();
        assertThat(third.alive).isTrue();
    }

    @Test
    void idleWorkersEnd() {
        try (Places few = Places.of(2, Duration.ZERO)) {
            WorkerPool<Tool> pool = new WorkerPool<>(few, 2, Tool::new);
            Tool tool = pool.take(in(1000), false).orElseThrow();
            pool.giveBack(tool);
            Eventually.is("it ended", () -> !tool.alive && pool.count() == 0);
        }
    }

    @Test
    void aClosedPoolGivesNone() {
        WorkerPool<Tool> pool = pool(1);
        Tool tool = pool.take(in(1000), false).orElseThrow();
        pool.close();
        pool.giveBack(tool);
        assertThat(tool.alive).isFalse();
        assertThat(pool.take(in(1000), false)).isEmpty();
        assertThat(pool.count()).isZero();
    }
}
