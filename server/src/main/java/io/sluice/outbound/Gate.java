package io.sluice.outbound;

import io.sluice.service.OutboundRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The way out of one worker process that has no network itself: a proxy of HTTP, requests and tunnels, that listens at a socket in
 * the file system and connects to the hosts of one list, as {@link OutboundRule#LISTED_ONLY} has it. Shut but while a run is under
 * way. Thread-safe.
 */
public final class Gate implements AutoCloseable {
    private static final long AGAIN_NANOS = 50_000_000;

    private final Path socket;
    private final ServerSocketChannel server;
    private final OutboundRule rule;
    private final JudgedAddresses addresses;
    private final Bounds bounds;
    private volatile Opening opening;

    /**
     * @param socket where it listens; whoever gets there may use it, so the folder decides
     * @param hosts as a script's record lists them
     */
    public static Gate at(Path socket, List<String> hosts) throws IOException {
        return at(socket, hosts, Resolver.SYSTEM, Bounds.USUAL);
    }

    static Gate at(Path socket, List<String> hosts, Resolver resolver, Bounds bounds) throws IOException {
        OutboundRule rule = OutboundRule.LISTED_ONLY.and(hosts);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        Gate gate = new Gate(socket, server, rule, new JudgedAddresses(resolver), bounds);
        Thread.ofVirtual().name("gate").start(gate::listen);
        return gate;
    }

    private Gate(Path socket, ServerSocketChannel server, OutboundRule rule, JudgedAddresses addresses, Bounds bounds) {
        this.socket = socket;
        this.server = server;
        this.rule = rule;
        this.addresses = addresses;
        this.bounds = bounds;
        this.opening = new Opening(bounds);
        opening.end();
    }

    private void listen() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().name("gate-passage").start(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Descriptors are short for the moment.
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private void serve(SocketChannel client) {
        Opening now = opening;
        try (Passage passage = new Passage(client, now, bounds)) {
            now.enter(passage);
            try {
                passage.serve(addresses, rule);
            } finally {
                now.leave(passage);
            }
        }
    }

    /** A run begins: takes connections from now on. */
    public void open() {
        opening = new Opening(bounds);
    }

    /** The run is over: ends its connections, and takes no others. */
    public void shut() {
        opening.end();
    }

    @Override
    public void close() {
        shut();
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("a way out of a worker does not close", e);
        }
    }
}
