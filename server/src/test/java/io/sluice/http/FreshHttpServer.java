package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.RawExchange;
import io.sluice.observe.Observation;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server and a client for each test, over real sockets; {@code api} says what calls come to. */
@Timeout(60)
abstract class FreshHttpServer {
    final BlockingQueue<RawExchange> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Observation> observed = new LinkedBlockingQueue<>();
    volatile Function<RawExchange, ApiResponse> api = exchange -> tree(Map.of("hello", "world"));
    HttpServer server;
    HttpClient client;

    @BeforeEach
    void start() {
        Function<RawExchange, ApiResponse> remembering = exchange -> {
            received.add(exchange);
            return api.apply(exchange);
        };
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, 1 << 20, 1 << 20, Duration.ofSeconds(30));
        server = new HttpServer(settings, Route.standard(remembering, () -> Map.of("uri", "x")), observed::add);
        server.start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    static ApiResponse tree(Object value) {
        return new ApiResponse(200, Map.of(), new Content.Tree(value), Format.JSON, false);
    }

    static ApiResponse answer(Content content, Map<String, String> headers) {
        return new ApiResponse(200, headers, content, Format.JSON, false);
    }

    HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + target));
    }

    HttpResponse<String> get(String target, String... headers) throws Exception {
        HttpRequest.Builder request = to(target);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends that text, reads to the end of the connection. */
    String raw(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.address().getPort());
    }

    <T extends Observation> T next(Class<T> kind) throws InterruptedException {
        Observation observation = observed.poll(20, TimeUnit.SECONDS);
        assertThat(observation).isInstanceOf(kind);
        return kind.cast(observation);
    }
}
