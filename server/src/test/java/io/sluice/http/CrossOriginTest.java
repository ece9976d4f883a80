package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CORS as browsers see it; over a plain socket, since HTTP clients keep Origin to themselves. */
class CrossOriginTest {
    @TempDir
    Path data;

    private TestServer server;
    private Api admin;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        admin = server.admin();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long rule(Map<String, Object> record) {
        return admin.post("system/cors", Api.one(record)).expect(201).number("/resource/0/id");
    }

    /** Status line and headers in lower case. */
    private List<String> send(String method, String path, String... headers) throws IOException {
        URI at = URI.create(server.address());
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + String.join("\r\n", headers) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                lines.add(line.toLowerCase(java.util.Locale.ROOT));
            }
            return lines;
        }
    }

    private static String preflight(String method) {
        return "Access-Control-Request-Method: " + method;
    }

    @Test
    void withoutARecordNoOtherOriginMayCall() throws IOException {
        List<String> answer = send("OPTIONS", "/api/v2/files", "Origin: http://ui.example", preflight("GET"));
        assertThat(answer.getFirst()).contains(" 405");
        assertThat(send("GET", "/api/v2", "Origin: http://ui.example"))
                .noneMatch(line -> line.startsWith("access-control-"));
    }

    @Test
    void aPreflightIsAnsweredWithSuccess() throws IOException {
        rule(Map.of(
                "path", "*", "origin", "*", "header", "*", "method", 31, "max_age", 3600, "exposed_header", "etag"));
        assertThat(send(
                        "OPTIONS",
                        "/api/v2/sample/_table/customer",
                        "Origin: http://ui.example",
                        preflight("GET"),
                        "Access-Control-Request-Headers: X-DreamFactory-API-Key"))
                .contains(
                        "http/1.1 204 no content",
                        "access-control-allow-origin: *",
                        "access-control-allow-methods: get, post, put, patch, delete",
                        "access-control-allow-headers: x-dreamfactory-api-key",
                        "access-control-max-age: 3600");
        assertThat(send("GET", "/api/v2/nix", "Origin: http://ui.example"))
                .contains("access-control-allow-origin: *", "access-control-expose-headers: etag");
        assertThat(send("GET", "/status", "Origin: http://ui.example"))
                .noneMatch(line -> line.startsWith("access-control-"));
    }

    @Test
    void theLongestPathDecides() throws IOException {
        rule(Map.of("path", "*", "origin", "*", "method", List.of("GET")));
        long narrow = rule(Map.of(
                "path", "api/v2/files/*",
                "origin", "http://a.example, http://b.example",
                "header", "x-a, x-b",
                "method", List.of("GET", "PUT"),
                "supports_credentials", true));
        assertThat(admin.get("system/cors/" + narrow).ok().at("/method").toString())
                .isEqualTo("[\"GET\",\"PUT\"]");

        assertThat(send("OPTIONS", "/api/v2/files/x", "Origin: http://b.example", preflight("PUT")))
                .contains(
                        "http/1.1 204 no content",
                        "access-control-allow-origin: http://b.example",
                        "access-control-allow-credentials: true",
                        "access-control-allow-headers: x-a, x-b",
                        "vary: origin");
        assertThat(send("GET", "/api/v2/files/x", "Origin: http://c.example"))
                .contains("vary: origin")
                .noneMatch(line -> line.startsWith("access-control-"));
        assertThat(send("OPTIONS", "/api/v2/files/x", "Origin: http://b.example", preflight("DELETE"))
                        .getFirst())
                .contains(" 405");
        assertThat(send("OPTIONS", "/api/v2/user", "Origin: http://b.example", preflight("GET"))
                        .getFirst())
                .contains(" 204");

        admin.delete("system/cors/" + narrow).ok();
        assertThat(send("OPTIONS", "/api/v2/files/x", "Origin: http://b.example", preflight("GET")))
                .contains("access-control-allow-origin: *");
    }

    @Test
    void aPathMayBeARegularExpression() throws IOException {
        long id = rule(Map.of("path", "^api/v2/(user|files)", "origin", "*"));
        assertThat(send("OPTIONS", "/api/v2/files/x", "Origin: http://b.example", preflight("GET"))
                        .getFirst())
                .contains(" 204");
        assertThat(send("OPTIONS", "/api/v2/system", "Origin: http://b.example", preflight("GET"))
                        .getFirst())
                .contains(" 405");
        admin.patch("system/cors/" + id, Map.of("enabled", false)).ok();
        assertThat(send("OPTIONS", "/api/v2/user", "Origin: http://b.example", preflight("GET"))
                        .getFirst())
                .contains(" 405");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(admin.post("system/cors", Api.one(Map.of("path", "^(", "origin", "*")))
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("system/cors", Api.one(Map.of("path", "*"))).status())
                .isEqualTo(400);
        assertThat(admin.post("system/cors", Api.one(Map.of("path", "*", "origin", "*", "method", "FETCH")))
                        .status())
                .isEqualTo(400);
    }
}
