package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRequestTest {
    private static ProxyRequest parse(String head) {
        return ProxyRequest.parse(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String opening(String head) {
        return new String(parse(head).opening(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT api.example:443 HTTP/1.1, api.example, 443, true",
        "CONNECT [fd00::1]:5432 HTTP/1.0, fd00::1, 5432, true",
        "GET http://api.example/x HTTP/1.1, api.example, 80, false",
        "POST HTTP://Api.Example:8080 HTTP/1.1, api.example, 8080, false",
        "GET http://[::1]:81/ HTTP/1.1, ::1, 81, false",
        "GET http://user:secret@api.example/ HTTP/1.1, api.example, 80, false"
    })
    void theHostIsTheOneThatIsConnectedTo(String line, String host, int port, boolean tunnel) {
        ProxyRequest request = parse(line + "\r\nHost: another.example\r\n\r\n");
        assertThat(request.host()).isEqualTo(host);
        assertThat(request.port()).isEqualTo(port);
        assertThat(request.tunnel()).isEqualTo(tunnel);
        assertThat(request.opening().length == 0).isEqualTo(tunnel);
    }

    @Test
    void aRequestIsSentAsTheHostKnowsItForOneTime() {
        assertThat(opening("GET http://api.example:81/a%20b?q=1 HTTP/1.1\r\nHost: evil.example\r\nAccept: */*\r\n"
                        + "Proxy-Authorization: Basic eA==\r\nproxy-connection: keep-alive\r\nConnection: keep-alive, X-Hop\r\n"
                        + "X-Hop: 1\r\nContent-Length: 3\r\nTE: trailers\r\n\r\n"))
                .isEqualTo("GET /a%20b?q=1 HTTP/1.1\r\nHost: api.example:81\r\nAccept: */*\r\nContent-Length: 3\r\n"
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void aPathAloneIsOneOfTheHostThatIsNamed() {
        ProxyRequest request = parse("GET /a?b HTTP/1.1\r\nHost: api.example:8080\r\n\r\n");
        assertThat(request.host() + " " + request.port()).isEqualTo("api.example 8080");
        assertThat(new String(request.opening(), StandardCharsets.ISO_8859_1))
                .startsWith("GET /a?b HTTP/1.1\r\nHost: api.example:8080\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "GET / HTTP/1.1\r\nHost: ",
                "GET / HTTP/1.1\r\nHost: a b",
                "GET https://api.example/ HTTP/1.1",
                "GET ftp://api.example/ HTTP/1.1",
                "GET http:///x HTTP/1.1",
                "GET http://api.example:0/ HTTP/1.1",
                "GET http://api.example:70000/ HTTP/1.1",
                "GET http://a.example@b.example:x/ HTTP/1.1",
                "GET http://api.example/ HTTP/2.0",
                "GET  http://api.example/ HTTP/1.1",
                "CONNECT api.example HTTP/1.1",
                "CONNECT api.example:0 HTTP/1.1",
                "CONNECT api.example:99999 HTTP/1.1",
                "CONNECT http://api.example:443 HTTP/1.1",
                "CONNECT a@b:443 HTTP/1.1",
                "GET http://api.example/ HTTP/1.1\r\n folded: x",
                "GET http://api.example/ HTTP/1.1\r\nno header",
                "",
                "\u0016\u0003\u0001"
            })
    void whatIsNoRequestIsRefused(String head) {
        assertThatThrownBy(() -> parse(head + "\r\n\r\n")).isInstanceOf(MalformedCall.class);
    }

    @Test
    void whateverIsSentIsUnderstoodOrRefused() {
        String[] parts = {
            "GET",
            "CONNECT",
            " ",
            "http://",
            "api.example",
            ":",
            "80",
            "/",
            "HTTP/1.1",
            "\r\n",
            "Host",
            "[",
            "]",
            "::1",
            "@",
            "%",
            "%zz",
            "é",
            "\0",
            "x: y",
            "?",
            "#",
            "\t",
            "-1",
            "99999999999"
        };
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder head = new StringBuilder(random.nextBoolean() ? "GET http://" : "CONNECT ");
            for (int k = random.nextInt(12); k > 0; k--) {
                head.append(parts[random.nextInt(parts.length)]);
            }
            try {
                ProxyRequest request = parse(head + (random.nextBoolean() ? " HTTP/1.1" : "") + "\r\n\r\n");
                assertThat(request.port()).as("%s", head).isBetween(1, 65_535);
                assertThat(request.host()).as("%s", head).doesNotContain(" ", "/", "@", "\r", "\n", "[");
            } catch (MalformedCall refused) {
                assertThat(refused).hasMessageMatching("[A-Z].*\\.");
            }
        }
    }
}
