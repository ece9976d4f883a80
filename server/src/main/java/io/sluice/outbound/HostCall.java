package io.sluice.outbound;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request to a configured host.
 *
 * @param address absolute and encoded; sent exactly so
 * @param headers those that say how the message is framed are ours and left out
 * @param content read once, on the thread that sends; not closed; null for none
 * @param length of the content in bytes when it is known; otherwise it goes out in chunks
 * @param patience how long the host may be silent before the call is given up: until it takes a connection, until it takes or sends the
 *     next bytes
 */
public record HostCall(
        String method,
        URI address,
        Map<String, String> headers,
        @Nullable InputStream content,
        OptionalLong length,
        Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public HostCall {
        headers = Map.copyOf(headers);
    }

    public static HostCall of(String method, URI address) {
        return new HostCall(method, address, Map.of(), null, OptionalLong.empty(), PATIENCE);
    }

    public HostCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HostCall(method, address, more, content, length, patience);
    }

    public HostCall with(Map<String, String> added) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(added);
        return new HostCall(method, address, more, content, length, patience);
    }

    public HostCall with(InputStream body, OptionalLong bytes) {
        return new HostCall(method, address, headers, body, bytes, patience);
    }

    public HostCall waiting(Duration longest) {
        return new HostCall(method, address, headers, content, length, longest);
    }
}
