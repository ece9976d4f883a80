package io.sluice.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A host whose answers are written down beforehand, by method and address: the examples of an API's documentation. What nobody wrote
 * down is 404. An answer with an ETag is 304 when it is asked for by that.
 */
public final class StubHost implements AutoCloseable {
    /**
     * An answer.
     *
     * @param headers each with its line end
     */
    public record Said(int status, String headers, String body) {
        public static Said json(String body) {
            return json(200, body);
        }

        public static Said json(int status, String body) {
            return new Said(status, "Content-Type: application/json\r\n", body);
        }

        /** A file as it is. */
        public static Said file(String content) {
            return new Said(200, "Content-Type: text/plain; charset=utf-8\r\n", content);
        }

        public Said with(String header, String value) {
            return new Said(status, headers + header + ": " + value + "\r\n", body);
        }
    }

    private final Map<String, Said> answers = new ConcurrentHashMap<>();
    private final FarHost host;
    private volatile FarHost.Answer instead = this::written;

    private StubHost() throws IOException {
        this.host = FarHost.start((request, out) -> instead.write(request, out));
    }

    public static StubHost start() throws IOException {
        return new StubHost();
    }

    /** @param question {@code GET /path?query}, encoded as it comes */
    public StubHost on(String question, Said answer) {
        answers.put(question, answer);
        return this;
    }

    /** Answers everything so from now on. */
    public void always(Said answer) {
        instead = (request, out) -> say(answer, out);
    }

    /** Answers everything with these bytes and hangs up. */
    public void alwaysRaw(String bytes) {
        instead = (request, out) -> {
            out.write(bytes.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return false;
        };
    }

    /** Answers 404 to all that has this in its address. */
    public void lacks(String part) {
        Said nothing = Said.json(404, "{\"message\": \"404 Not Found\"}");
        instead = (request, out) -> request.path().contains(part) ? say(nothing, out) : written(request, out);
    }

    /** Answers as written down again. */
    public void asWritten() {
        instead = this::written;
    }

    private boolean written(FarHost.Got request, OutputStream out) throws IOException {
        Said answer = answers.getOrDefault(
                request.method() + " " + request.path(), Said.json(404, "{\"message\": \"404 Not Found\"}"));
        String known = request.headers().getOrDefault("if-none-match", "-");
        return say(answer.headers().contains("ETag: " + known + "\r\n") ? new Said(304, "", "") : answer, out);
    }

    private static boolean say(Said answer, OutputStream out) throws IOException {
        FarHost.reply(out, answer.status(), answer.headers(), answer.body());
        return true;
    }

    public URI uri() {
        return URI.create(host.address());
    }

    /** What was asked so far. */
    public List<FarHost.Got> asked() {
        return List.copyOf(host.requests);
    }

    public FarHost.Got last() {
        return host.requests.getLast();
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
