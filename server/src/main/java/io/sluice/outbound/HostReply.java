package io.sluice.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a configured host answered, with any status. Its body is read as it comes; closing before its end ends the connection. */
public final class HostReply implements AutoCloseable {
    private final int status;
    private final URI address;
    private final Map<String, String> headers;
    private final WholeBody body;

    HostReply(int status, URI address, Map<String, String> headers, WholeBody body) {
        this.status = status;
        this.address = address;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The last one, after redirects. */
    public URI address() {
        return address;
    }

    /** Names in lower case; repeated ones joined by a comma. */
    public Map<String, String> headers() {
        return headers;
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** What {@code Content-Length} says, empty when it says nothing that is a number. */
    public OptionalLong length() {
        String text = headers.getOrDefault("content-length", "");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The body as it was sent, packed or not. One that breaks off throws a {@link HostFailure}, it never just ends. Closing it closes the reply. */
    public InputStream body() {
        return body;
    }

    /** All of the body; one that is longer is a {@link HostFailure}. */
    public byte[] bytes(int most) throws IOException {
        byte[] bytes = body.readNBytes(most);
        if (body.read() >= 0) {
            throw body.tooLong(most);
        }
        return bytes;
    }

    @Override
    public void close() {
        body.close();
    }
}
