package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.outbound.OutboundReply.Answered;
import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import io.sluice.service.OutboundRule;
import io.sluice.testing.FarHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault F17: what leads a call to an address that it may not have. */
class F17_SsrfTest {
    private static final OutboundRule ONE = OutboundRule.PUBLIC_ONLY.and(List.of("127.0.0.1"));

    private static OutboundReply get(OutboundClient client, String address, OutboundRule rule) {
        return send(client, "GET", address, Map.of(), "", rule);
    }

    private static OutboundReply send(
            OutboundClient client,
            String method,
            String address,
            Map<String, String> headers,
            String body,
            OutboundRule rule) {
        OutboundCall call = new OutboundCall(
                method, address, headers, body.getBytes(StandardCharsets.UTF_8), OutboundCall.MOST_REDIRECTS);
        return client.send(call, rule, System.nanoTime() + TimeUnit.SECONDS.toNanos(60));
    }

    private static void refused(OutboundReply reply) {
        assertThat(reply).isInstanceOfSatisfying(None.class, none -> {
            assertThat(none.why()).as(none.message()).isEqualTo(Why.REFUSED);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://2130706433:%d/",
                "http://0x7f000001:%d/",
                "http://0x7f.1:%d/",
                "http://127.1:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://localhost:%d/",
                "http://LOCALHOST:%d/",
                "http://localhost.:%d/",
                "http://0.0.0.0:%d/",
                "http://0:%d/",
                "http://[::]:%d/",
                "http://127.0.0.1%%2e:%d/",
                "http://public.example@127.0.0.1:%d/",
                "http://127.0.0.1:%d#@public.example/",
                "http://169.254.169.254:%d/latest/meta-data/",
                "http://[fd00:ec2::254]:%d/",
                "http://①②⑦.0.0.1:%d/"
            })
    void noSpellingOfALocalAddressIsCalled(String address) throws IOException {
        try (FarHost host = FarHost.saying(200, "", "secret");
                OutboundClient client = new OutboundClient()) {
            OutboundReply reply = get(client, String.format(address, host.port()), OutboundRule.PUBLIC_ONLY);
            assertThat(reply).isInstanceOf(None.class);
            assertThat(host.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://[::ffff:169.254.169.254]/",
                "http://[::ffff:127.0.0.2]:%d/",
                "http://127.0.0.2:%d/",
                "//127.0.0.2:%d/",
                "http://inside.example:%d/",
                "http://[::1]:%d/"
            })
    void redirectsAreJudgedAnew(String location) throws IOException {
        Resolver resolver = host -> host.equals("inside.example")
                ? List.of(InetAddress.ofLiteral("127.0.0.2"))
                : Resolver.SYSTEM.resolve(host);
        try (FarHost secret = at("127.0.0.2");
                FarHost host =
                        FarHost.saying(302, "Location: " + location.replace("%d", "" + secret.port()) + "\r\n", "");
                OutboundClient client = new OutboundClient(resolver)) {
            refused(get(client, host.address(), ONE));
            assertThat(host.requests).hasSize(1);
            assertThat(secret.requests).isEmpty();
        }
    }

    private static FarHost at(String address) throws IOException {
        return FarHost.at(address, 0, ServerSocketFactory.getDefault(), (request, out) -> {
            FarHost.reply(out, 200, "Connection: close\r\n", "secret");
            return false;
        });
    }

    /** The name server gives a good address first and a bad one to whoever asks again. */
    @Test
    void aNameThatIsReboundAfterItWasJudgedLeadsToTheJudgedAddress() throws IOException {
        try (FarHost good = FarHost.saying(200, "", "good");
                FarHost bad = FarHost.at(
                        "127.0.0.2", good.port(), ServerSocketFactory.getDefault(), (request, out) -> false);
                OutboundClient client = new OutboundClient(new Rebinding("127.0.0.1", "127.0.0.2"))) {
            String address = "http://rebind.example:" + good.port() + "/";
            assertThat(get(client, address, ONE)).isInstanceOfSatisfying(Answered.class, answer -> {
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("good");
            });
            refused(get(client, address, ONE));
            assertThat(bad.requests).isEmpty();
        }
    }

    private static final class Rebinding implements Resolver {
        private final List<String> addresses;
        private final AtomicInteger asked = new AtomicInteger();

        Rebinding(String... addresses) {
            this.addresses = List.of(addresses);
        }

        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            int time = Math.min(asked.getAndIncrement(), addresses.size() - 1);
            return List.of(InetAddress.ofLiteral(addresses.get(time)));
        }
    }

    @Test
    void oneBadAddressAmongGoodOnesRefusesTheName() throws IOException {
        Resolver both = host -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2"));
        try (FarHost host = FarHost.saying(200, "", "good");
                OutboundClient client = new OutboundClient(both)) {
            refused(get(client, "http://mixed.example:" + host.port() + "/", ONE));
            assertThat(host.requests).isEmpty();
        }
    }

    /** A connection that a script opened because its record may must not carry the call of one that may not. */
    @Test
    void connectionsAreNotSharedWithCallsOfAnotherRule() throws IOException {
        try (FarHost host = FarHost.start((request, out) -> {
                    FarHost.reply(out, 200, "", "kept alive");
                    return true;
                });
                OutboundClient client = new OutboundClient()) {
            assertThat(get(client, host.address(), ONE)).isInstanceOf(Answered.class);
            refused(get(client, host.address(), OutboundRule.PUBLIC_ONLY));
            assertThat(host.requests).hasSize(1);
        }
    }

    @Test
    void credentialsAndCookiesStayOnTheHostTheyWereFor() throws IOException {
        try (FarHost other = at("127.0.0.2");
                FarHost host = FarHost.start((request, out) -> {
                    String to = request.path().equals("/a") ? "/b" : other.address() + "/c";
                    FarHost.reply(out, 307, "Set-Cookie: a=b\r\nLocation: " + to + "\r\nConnection: close\r\n", "");
                    return false;
                });
                OutboundClient client = new OutboundClient()) {
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "Bearer s3cret",
                    "Cookie",
                    "id=1",
                    "X-Api-Key",
                    "s3cret",
                    "X-Session-Token",
                    "s3cret",
                    "X-Trace",
                    "7");
            send(client, "POST", host.address() + "/a", headers, "body", ONE.and(List.of("127.0.0.2")));
            assertThat(host.requests).hasSize(2).allSatisfy(got -> {
                assertThat(got.headers()).containsEntry("authorization", "Bearer s3cret");
            });
            FarHost.Got leaked = other.requests.getFirst();
            assertThat(leaked.headers()).containsEntry("x-trace", "7");
            assertThat(leaked.headers().values()).doesNotContain("s3cret", "Bearer s3cret", "id=1");
            assertThat(leaked.body()).isEqualTo("body");
        }
    }

    @Test
    void redirectsEndAfterTen() throws IOException {
        try (FarHost host = FarHost.saying(302, "Location: /again\r\n", "");
                OutboundClient client = new OutboundClient()) {
            assertThat(get(client, host.address(), ONE)).isInstanceOfSatisfying(Answered.class, last -> {
                assertThat(last.status()).isEqualTo(302);
            });
            assertThat(host.requests).hasSize(11);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "jar:http://127.0.0.1!/"})
    void otherSchemesAreNotRedirectedTo(String location) throws IOException {
        try (FarHost host = FarHost.saying(302, "Location: " + location + "\r\n", "");
                OutboundClient client = new OutboundClient()) {
            assertThat(get(client, host.address(), ONE)).isInstanceOf(None.class);
        }
    }

    @Test
    void lineBreaksNeverGetIntoARequest() throws IOException {
        try (FarHost host = FarHost.saying(200, "", "");
                OutboundClient client = new OutboundClient()) {
            List<OutboundReply> replies = new ArrayList<>();
            for (String bad : List.of("a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\u0100b")) {
                replies.add(send(client, "GET", host.address(), Map.of("X-Good", bad), "", ONE));
            }
            for (String bad : List.of("X\r\nEvil", "X Evil", "X:Evil", "", "Ä")) {
                replies.add(send(client, "GET", host.address(), Map.of(bad, "1"), "", ONE));
            }
            replies.add(get(client, host.address() + "/a\r\nX-Evil: 1", ONE));
            replies.add(send(client, "GET / HTTP/1.1\r\nX: ", host.address(), Map.of(), "", ONE));
            assertThat(replies).allSatisfy(reply -> {
                assertThat(reply).isInstanceOfSatisfying(None.class, none -> {
                    assertThat(none.why()).isEqualTo(Why.MALFORMED);
                });
            });
            get(client, host.address() + "/a%0d%0aX-Evil:%201 b", ONE);
            assertThat(host.requests).hasSize(1);
            assertThat(host.requests.getFirst().path()).isEqualTo("/a%0d%0aX-Evil:%201%20b");
        }
    }
}
