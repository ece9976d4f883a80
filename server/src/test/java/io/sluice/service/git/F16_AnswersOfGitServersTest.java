package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.service.GitHost;
import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is no answer of a Git server, though it came as one; hosts with an API are in {@code ProviderContract}. */
class F16_AnswersOfGitServersTest extends FreshRepository {
    private final AtomicInteger packs = new AtomicInteger();

    @Test
    void aPageIsNoRepository() throws IOException {
        try (StubHost web = StubHost.start();
                Calls git = open(web.uri() + "/git", NetLimits.DEFAULT, Map.of())) {
            web.always(new Said(200, "Content-Type: text/html\r\n", "<html><body>Sign in</body></html>"));
            git.unreachable("not that of a Git server", "sales.git", "", "orders.js");
            web.always(Said.json("{\"message\": \"Something went wrong\"}"));
            git.unreachable("not that of a Git server", "sales.git", "", "orders.js");
            web.always(Said.json(502, "{}"));
            git.unreachable("status 502", "sales.git", "", "orders.js");
        }
    }

    @Test
    void aPackThatBreaksOffIsNotRead() throws IOException {
        String commit = server.commit("sales.git", "main", "orders.js", "return 2 // " + "x".repeat(5000), "Two");
        HttpServer cutting = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        cutting.createContext("/", this::cut);
        cutting.start();
        String base = "http://127.0.0.1:" + cutting.getAddress().getPort() + "/git";
        try (Calls git = open(base, NetLimits.DEFAULT, Map.of())) {
            assertThat(((GitHost) git.service()).defaultBranch("sales.git")).contains("main");
            git.unreachable("", "sales.git", "", "orders.js");
            // Not missing: a deleted file holds up nobody, so the others of its commit would go live without it.
            git.unreachable("it broke off when it was asked for it", "sales.git", commit, "orders.js");
        } finally {
            cutting.stop(0);
        }
        assertThat(packs.get()).isPositive();
    }

    /** Passes on what the real server says, without the second half of what holds a pack. */
    private void cut(HttpExchange exchange) throws IOException {
        try (exchange;
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(asked(exchange), HttpResponse.BodyHandlers.ofByteArray());
            byte[] body = answer.body();
            boolean pack = new String(body, StandardCharsets.ISO_8859_1).contains("packfile\n");
            packs.addAndGet(pack ? 1 : 0);
            answer.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), body.length);
            exchange.getResponseBody().write(body, 0, pack ? body.length / 2 : body.length);
            exchange.getResponseBody().flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest asked(HttpExchange exchange) throws IOException {
        URI target = URI.create("http://127.0.0.1:" + server.uri().getPort() + exchange.getRequestURI());
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder asked = HttpRequest.newBuilder(target)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Accept", "Content-Type", "Content-Encoding", "Git-Protocol")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> asked.header(name, value));
        }
        return asked.build();
    }
}
