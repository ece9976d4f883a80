package io.sluice.outbound;

import io.sluice.service.OutboundRule;
import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The one client that all services share which call a host over HTTP. Thread-safe. Opens nothing before the first call. */
public final class Hosts implements AutoCloseable {
    private final OutboundRule elsewhere;
    private final Resolver resolver;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable Wire wire;
    private boolean closed;

    /** @param elsewhere judges the hosts that a configured one redirects to */
    public Hosts(OutboundRule elsewhere) {
        this(elsewhere, Resolver.SYSTEM);
    }

    public Hosts(OutboundRule elsewhere, Resolver resolver) {
        this.elsewhere = elsewhere;
        this.resolver = resolver;
    }

    /**
     * The client for a host that an administrator put into a service's config. It is trusted wherever it is, except at a cloud's
     * metadata address.
     *
     * @throws IllegalArgumentException in words, when the address names no host
     */
    public HostClient at(URI configured) {
        @Nullable String host = configured.getHost();
        if (host == null) {
            throw new IllegalArgumentException("The address has no valid host.");
        }
        return new HostClient(this::wire, elsewhere.and(java.util.List.of(unbracketed(host))));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
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
