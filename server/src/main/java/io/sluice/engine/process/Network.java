package io.sluice.engine.process;

import java.util.List;
import java.util.Map;

/** What a child reaches beyond this machine. */
public sealed interface Network {
    /** Where a child with a {@link Listed} network finds its way out, and where its forwarder listens. Nobody else is there. */
    int PORT = 3128;

    /** Nothing. */
    record None() implements Network {}

    /** What the server reaches. Never for a program that runs what callers or scripts wrote. */
    record OfServer() implements Network {}

    /**
     * These hosts only, through a {@link WayOut}; for the rest its network is empty.
     *
     * @param hosts as a script's record lists them
     */
    record Listed(List<String> hosts, Forwarder forwarder) implements Network {
        public Listed {
            hosts = List.copyOf(hosts);
        }

        /** How programs are told of the way out: most clients of HTTP look here. */
        public static Map<String, String> proxies() {
            String address = "http://127.0.0.1:" + PORT;
            return Map.of("http_proxy", address, "https_proxy", address, "HTTP_PROXY", address, "HTTPS_PROXY", address);
        }
    }
}
