package io.sluice.engine.process;

import io.sluice.engine.Limits;
import io.sluice.engine.Run.Limit;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a child under the eyes of the watchdog. */
public final class Watch implements AutoCloseable {
    /** Runs that end sooner are not looked at; their child's own address space limit holds. */
    private static final long FIRST_SAMPLE_NANOS = 30_000_000;

    private static final long SAMPLE_NANOS = 20_000_000;

    private final Child child;
    private final Limits limits;
    private final Consumer<Watch> ended;
    private long sampleAt = System.nanoTime() + FIRST_SAMPLE_NANOS;
    private long cpuBefore = -1;
    private volatile @Nullable Limit tripped;
    private volatile boolean calling;

    Watch(Child child, Limits limits, Consumer<Watch> ended) {
        this.child = child;
        this.limits = limits;
        this.ended = ended;
    }

    /** The limit that ended the child; empty while none did. */
    public Optional<Limit> tripped() {
        return Optional.ofNullable(tripped);
    }

    /**
     * While the child waits for a call that it made, it is not killed for the time: the call itself knows its deadline, and a child
     * that is past its own ends as soon as the call is over.
     */
    public void calling(boolean now) {
        calling = now;
    }

    void look() {
        long now = System.nanoTime();
        if (tripped != null) {
            return;
        }
        if (now - limits.deadlineNanos() >= 0 && !calling) {
            trip(Limit.TIME);
        } else if (now - sampleAt >= 0) {
            sampleAt = now + SAMPLE_NANOS;
            sample();
        }
    }

    private void sample() {
        Usage usage = child.usage();
        if (cpuBefore < 0) {
            cpuBefore = usage.cpuMillis();
        }
        if (usage.residentBytes() - child.besideBytes() > limits.memoryBytes()) {
            trip(Limit.MEMORY);
        } else if (usage.cpuMillis() - cpuBefore > limits.timeoutMillis()) {
            trip(Limit.TIME);
        }
    }

    private void trip(Limit limit) {
        tripped = limit;
        child.kill();
    }

    /** The run is over: ends the watching, and what the child has with other hosts; for the rest it is left as it is. */
    @Override
    public void close() {
        child.keepIn();
        ended.accept(this);
    }
}
