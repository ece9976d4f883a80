package io.sluice.outbound;

import io.sluice.service.Outbound;
import io.sluice.service.OutboundRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves the host of a connection, judges every address by the rule of the call, and hands over the judged addresses themselves: the
 * client connects to those and asks no name server again, so a name that changes its mind in between gains nothing.
 */
final class JudgedAddresses implements SocketAddressResolver {
    private final Resolver resolver;

    JudgedAddresses(Resolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public void resolve(
            String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> connection) {
        OutboundRule rule = rule(context);
        Thread.ofVirtual().name("outbound-resolve").start(() -> {
            try {
                connection.succeeded(judged(host, port, rule));
            } catch (IOException | RuntimeException e) {
                connection.failed(e);
            }
        });
    }

    /** Connections are shared by calls of the same rule only: it is part of what tells destinations apart. */
    private static OutboundRule rule(Map<String, Object> context) {
        Destination destination = (Destination) Objects.requireNonNull(context.get(Destination.CONTEXT_KEY));
        return (OutboundRule) Objects.requireNonNull(destination.getOrigin().getTag());
    }

    /** All addresses of the host; none may be one that the rule refuses. */
    List<InetSocketAddress> judged(String host, int port, OutboundRule rule)
            throws UnknownHostException, Outbound.Refused {
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : resolver.resolve(plain)) {
            rule.judge(plain, address);
            addresses.add(new InetSocketAddress(address, port));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(plain);
        }
        return addresses;
    }
}
