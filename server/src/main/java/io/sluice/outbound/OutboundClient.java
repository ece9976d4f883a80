package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.Answered;
import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import io.sluice.service.OutboundRule;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Calls other hosts under a rule. Thread-safe. Opens nothing before its first call. */
public final class OutboundClient implements AutoCloseable {
    private final Resolver resolver;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable Wire wire;
    private boolean closed;

    public OutboundClient() {
        this(Resolver.SYSTEM);
    }

    public OutboundClient(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Makes the call and follows its redirects, each judged anew. Blocks until the whole body is there.
     *
     * @param deadlineNanos as of {@link System#nanoTime}; an interrupt ends it before
     */
    public OutboundReply send(OutboundCall call, OutboundRule rule, long deadlineNanos) {
        try {
            return followed(Hop.first(call), call.redirects(), rule, deadlineNanos);
        } catch (MalformedCall e) {
            return new None(Why.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private OutboundReply followed(Hop first, int redirects, OutboundRule rule, long deadlineNanos) {
        Hop hop = first;
        for (int followed = 0; ; followed++) {
            Answered answer;
            try {
                answer = wire().exchange(hop, rule, deadlineNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new None(Why.TIMEOUT, "The call of " + hop.target().host() + " was not waited for.");
            } catch (ExecutionException | TimeoutException | IOException e) {
                return Failures.explained(hop.target().host(), e);
            }
            Optional<Hop> next = followed < redirects ? hop.after(answer) : Optional.empty();
            if (next.isEmpty()) {
                return answer;
            }
            if (hop.target().secure() && !next.get().target().secure()) {
                return new None(
                        Why.REFUSED, hop.target().host() + " redirects from https to http, which is not followed.");
            }
            hop = next.get();
        }
    }

    private Wire wire() {
        opening.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the server is being stopped");
            }
            if (wire == null) {
                wire = new Wire(resolver);
            }
            return wire;
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            if (wire != null) {
                wire.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
