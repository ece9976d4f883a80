package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.service.OutboundRule;
import io.sluice.testing.Eventually;
import io.sluice.testing.FarHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a configured host on loopback. */
class HostClientTest {
    /** As many as a destination has. */
    private static final int CONNECTIONS = 64;

    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @AfterEach
    void close() {
        hosts.close();
    }

    private HostClient at(FarHost host) {
        return hosts.at(URI.create(host.address()));
    }

    private static HostCall get(FarHost host, String path) {
        return HostCall.of("GET", URI.create(host.address() + path));
    }

    @Test
    void theConfiguredHostIsTrustedOnLoopbackToo() throws Exception {
        try (FarHost host = FarHost.saying(200, "X-Kind: a\r\nX-Kind: b\r\n", "hello");
                HostReply reply = at(host).send(get(host, "/a%20b?c=%2F").with("Authorization", "Bearer t"))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-kind")).contains("a, b");
            assertThat(reply.length()).hasValue(5);
            assertThat(reply.bytes(5)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(host.requests.getFirst().path()).isEqualTo("/a%20b?c=%2F");
            assertThat(host.requests.getFirst().headers()).containsEntry("authorization", "Bearer t");
        }
    }

    @Test
    void contentOfKnownLengthGoesOutWithItsLength() throws Exception {
        try (FarHost host = FarHost.saying(201, "", "")) {
            HostCall put = HostCall.of("PUT", URI.create(host.address() + "/f"))
                    .with(new ByteArrayInputStream("content".getBytes(StandardCharsets.UTF_8)), OptionalLong.of(7));
            try (HostReply reply = at(host).send(put)) {
                assertThat(reply.status()).isEqualTo(201);
            }
            assertThat(host.requests.getFirst().body()).isEqualTo("content");
            assertThat(host.requests.getFirst().headers()).containsEntry("content-length", "7");
        }
    }

    @Test
    void contentThatBreaksOffComesOutAsItIsAndTheHostSeesItBreakOff() throws Exception {
        IOException broken = new IOException("the caller is gone");
        InputStream content = new InputStream() {
            private int left = 3;

            @Override
            public int read() throws IOException {
                if (left-- > 0) {
                    return 'x';
                }
                throw broken;
            }
        };
        try (FarHost host = FarHost.saying(201, "", "")) {
            HostCall put = HostCall.of("PUT", URI.create(host.address() + "/f")).with(content, OptionalLong.of(1000));
            assertThatThrownBy(() -> at(host).send(put)).isSameAs(broken);
            assertThat(host.requests)
                    .allSatisfy(request -> assertThat(request.body().length()).isLessThan(1000));
        }
    }

    @Test
    void contentShorterThanItsLengthIsAnError() throws Exception {
        try (FarHost host = FarHost.saying(201, "", "")) {
            HostCall put = HostCall.of("PUT", URI.create(host.address() + "/f"))
                    .with(new ByteArrayInputStream(new byte[3]), OptionalLong.of(1000));
            assertThatThrownBy(() -> at(host).send(put)).hasMessageContaining("3 of 1000 bytes");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsAFailureAndNotAnEnd() throws Exception {
        try (FarHost host = FarHost.start((request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    return false;
                });
                HostReply reply = at(host).send(get(host, "/"))) {
            assertThatThrownBy(() -> reply.body().readAllBytes())
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("127.0.0.1 broke off its answer");
        }
    }

    @Test
    void silenceEndsACall() throws Exception {
        try (FarHost host = FarHost.start((request, out) -> {
            Thread.currentThread().join();
            return false;
        })) {
            assertThatThrownBy(() -> at(host).send(get(host, "/").waiting(Duration.ofMillis(100))))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("did not answer in the time");
        }
    }

    @Test
    void aCallThatFindsNoConnectionFreeWaitsNoLongerThanForSilence() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (FarHost host = FarHost.start((request, out) -> {
            over.await();
            return false;
        })) {
            HostClient client = at(host);
            for (int i = 0; i < CONNECTIONS; i++) {
                Thread.ofVirtual().start(new FutureTask<>(() -> client.send(get(host, "/"))));
            }
            Eventually.is("all connections are in use", () -> host.requests.size() == CONNECTIONS);
            HostCall put = HostCall.of("PUT", URI.create(host.address() + "/f"))
                    .with(new ByteArrayInputStream(new byte[1 << 20]), OptionalLong.of(1 << 20));
            for (HostCall call : List.of(get(host, "/"), put)) {
                assertThatThrownBy(() -> client.send(call.waiting(Duration.ofMillis(100))))
                        .isInstanceOf(HostFailure.class)
                        .hasMessage("127.0.0.1 has no connection free: other calls use all of them");
            }
            over.countDown();
        }
    }

    @Test
    void anAnswerLeftUnreadDoesNotHoldItsConnection() throws Exception {
        try (FarHost host = FarHost.start((request, out) -> {
            FarHost.reply(out, 200, "", "x".repeat(4 << 20));
            return true;
        })) {
            HostClient client = at(host);
            for (int i = 0; i < 70; i++) { // more than a destination has connections
                try (HostReply reply = client.send(get(host, "/" + i))) {
                    assertThat(reply.body().read()).isEqualTo('x');
                }
            }
        }
    }

    @Test
    void aRedirectToAnotherHostIsJudgedAndSeesNoCredentials() throws Exception {
        try (FarHost other = FarHost.at("127.0.0.2", 0, javax.net.ServerSocketFactory.getDefault(), (request, out) -> {
                    FarHost.reply(out, 200, "", "other");
                    return true;
                });
                FarHost host = FarHost.saying(302, "Location: " + other.address() + "/x\r\n", "")) {
            HostCall call = get(host, "/").with("Authorization", "secret").with("X-Auth-Token", "secret");
            assertThatThrownBy(() -> at(host).send(call))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("127.0.0.2 is not called");
            try (HostReply reply = at(host).trusting("127.0.0.2").send(call)) {
                assertThat(reply.bytes(100)).asString().isEqualTo("other");
            }
            assertThat(other.requests.getFirst().headers()).doesNotContainKeys("authorization", "x-auth-token");
        }
    }

    @Test
    void anAnswerThatTricklesEndsWhenItsTimeIsOver() throws Exception {
        try (FarHost host = FarHost.start((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) { // until the caller hangs up
                out.write('x');
                out.flush();
            }
        })) {
            HostClient client = at(host).within(Duration.ofMillis(300));
            assertThatThrownBy(() -> {
                        try (HostReply reply = client.send(HostCall.of("GET", URI.create(host.address() + "/")))) {
                            byte[] one = new byte[1];
                            while (reply.body().read(one) >= 0) {
                                reply.status();
                            }
                        }
                    })
                    .isInstanceOf(HostFailure.class);
        }
    }

    @Test
    void aRedirectToWhatIsNoWebAddressEndsTheCallAndItsConnection() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (FarHost host = FarHost.start((request, out) -> {
            out.write("HTTP/1.1 302 Found\r\nLocation: ftp://h/x\r\nContent-Length: 99999999\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            try {
                while (true) {
                    out.write(new byte[1024]);
                }
            } catch (IOException e) {
                hungUp.countDown();
                throw e;
            }
        })) {
            assertThatThrownBy(() -> at(host).send(get(host, "/"))).isInstanceOf(HostFailure.class);
            assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aLocationThatIsNoRedirectIsNotLookedAt() throws Exception {
        try (FarHost host = FarHost.saying(201, "Location: ftp://h/x\r\n", "");
                HostReply reply = at(host).send(get(host, "/"))) {
            assertThat(reply.status()).isEqualTo(201);
        }
    }

    @Test
    void f17_aClientThatStaysFollowsNobodyElsewhere() throws Exception {
        try (FarHost other = FarHost.saying(200, "", "other");
                FarHost host = FarHost.start((request, out) -> {
                    boolean first = request.path().equals("/here");
                    FarHost.reply(out, 302, "Location: " + (first ? "/there" : other.address() + "/x") + "\r\n", "");
                    return true;
                })) {
            assertThatThrownBy(() -> at(host).stayingAtItsOrigin().send(get(host, "/here")))
                    .isInstanceOf(HostFailure.class)
                    .hasMessageContaining("redirects to another host");
            assertThat(host.requests).hasSize(2);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void metadataAddressesAreNeverCalled() {
        HostClient client = hosts.at(URI.create("http://169.254.169.254"));
        assertThatThrownBy(() -> client.send(HostCall.of("GET", URI.create("http://169.254.169.254/latest"))))
                .isInstanceOf(HostFailure.class)
                .hasMessageContaining("metadata");
    }
}
