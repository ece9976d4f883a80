package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.RawExchange;
import io.sluice.observe.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as they are handed over, errors as they are told, routes and connections. */
class HttpServerTest extends FreshHttpServer {
    @Test
    void handsOverTheRequestAsItWasSent() throws Exception {
        client.send(
                to("/api/v2/a%2Fb/c%20d/?x=%7B1%7D&y")
                        .header("X-Test", "1")
                        .header("X-Test", "2")
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                BodyHandlers.ofString());
        RawExchange exchange = received.take();
        assertThat(exchange.method()).isEqualTo("POST");
        assertThat(exchange.rawPath()).isEqualTo("/api/v2/a%2Fb/c%20d/");
        assertThat(exchange.rawQuery()).isEqualTo("x=%7B1%7D&y");
        assertThat(exchange.headers().first("x-test")).hasValue("1,2");
        assertThat(exchange.body().bytes()).asString().isEqualTo("body");
        assertThat(exchange.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v2/../x", "/api/v2/%2e%2e/x", "/api/v2/a;b=c", "/api//v2", "/api/a\\b", "/api/%c3%28"})
    void leavesOddPathsToWhoeverReadsThem(String path) throws Exception {
        raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(received.take().rawPath()).isEqualTo(path);
    }

    @Test
    void anUnexpectedErrorSaysNothingToTheCallerAndEverythingToTheLog() throws Exception {
        api = exchange -> {
            throw new IllegalStateException("select secret from table");
        };
        HttpResponse<String> response = get("/api/v2/db?api_key=k");
        assertThat(response.statusCode()).isEqualTo(500);
        Observation.CallFailed failed = next(Observation.CallFailed.class);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"code\":500,\"context\":{\"call\":\"" + failed.id()
                        + "\"},\"message\":\"Internal error.\",\"status_code\":500}}");
        assertThat(failed.cause()).hasMessage("select secret from table");
        assertThat(failed.path()).isEqualTo("/api/v2/db?api_key=***");
        assertThat(next(Observation.CallAnswered.class).id()).isEqualTo(failed.id());
    }

    @Test
    void errorsOfTheCallKeepTheirHeaders() throws Exception {
        api = exchange -> {
            throw new ApiException(ApiError.of(429, "Slower."), Map.of("Retry-After", "7"), null);
        };
        HttpResponse<String> response = get("/api/v2/db");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("7");
    }

    @Test
    void tellsEveryCallWithItsSecretsMasked() throws Exception {
        get("/api/v2/db?limit=1&api_key=A&session_token=B&script%5Ftoken=C&new_password=D&e=f");
        Observation.CallAnswered answered = next(Observation.CallAnswered.class);
        assertThat(answered.path())
                .isEqualTo("/api/v2/db?limit=1&api_key=***&session_token=***&script%5Ftoken=***&new_password=***&e=f");
        assertThat(answered.verb()).isEqualTo("GET");
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(answered.took()).isPositive();
    }

    @Test
    void plainRoutes() throws Exception {
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(get("/status").body()).isEqualTo("{\"uri\":\"x\"}");
        HttpResponse<String> home = get("/");
        assertThat(home.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(home.body()).contains("/api/v2");
        HttpResponse<String> missing = get("/nothing/here");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("\"status_code\":404");
        assertThat(get("/apiary").statusCode()).isEqualTo(404);
        HttpRequest post =
                to("/status").POST(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void keepsTheConnection() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream()
                        .write("GET /api HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(readAnswer(socket.getInputStream()))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("{\"hello\":\"world\"}");
            }
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n{\"hello\":\"world\"}") < 0) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    @Test
    void saysWhichAddressIsTaken() {
        HttpServer second = new HttpServer(
                new HttpSettings("127.0.0.1", server.address().getPort()), Route.standard(api, Map::of), observed::add);
        assertThatThrownBy(second::start)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:" + server.address().getPort());
    }
}
