package io.sluice.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What a host name stands for. */
@FunctionalInterface
public interface Resolver {
    /** That of the system. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    List<InetAddress> resolve(String host) throws UnknownHostException;
}
