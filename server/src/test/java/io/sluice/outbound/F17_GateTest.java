package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Eventually;
import io.sluice.testing.FarHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault F17 at the way out of workers: only listed hosts are reached, at the address that was judged, as long as the run lasts. */
class F17_GateTest {
    private static final Bounds BOUNDS = new Bounds(3, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(60));

    @TempDir
    Path folder;

    private Gate gate;

    @AfterEach
    void close() {
        if (gate != null) {
            gate.close();
        }
    }

    private void gate(Resolver resolver, Bounds bounds, String... hosts) throws IOException {
        gate = Gate.at(folder.resolve("s"), List.of(hosts), resolver, bounds);
        gate.open();
    }

    private void gate(String... hosts) throws IOException {
        gate(Resolver.SYSTEM, BOUNDS, hosts);
    }

    /** What everybody is at this address is called in a test. */
    private static Resolver all(String... addresses) {
        AtomicInteger asked = new AtomicInteger();
        return host ->
                List.of(InetAddress.ofLiteral(addresses[Math.min(asked.getAndIncrement(), addresses.length - 1)]));
    }

    private SocketChannel client() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("s")));
    }

    private static void send(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** All that comes until the connection ends. */
    private static String rest(SocketChannel client) {
        StringBuilder text = new StringBuilder();
        ByteBuffer part = ByteBuffer.allocate(1 << 12);
        try {
            while (client.read(part) >= 0) {
                text.append(StandardCharsets.ISO_8859_1.decode(part.flip()));
                part.clear();
            }
        } catch (IOException e) {
            // Ended at once, with something on its way.
        }
        return text.toString();
    }

    private static String until(SocketChannel client, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!text.toString().endsWith(end) && client.read(one) >= 0) {
            text.append(StandardCharsets.ISO_8859_1.decode(one.flip()));
            one.clear();
        }
        return text.toString();
    }

    private String asked(String head) throws IOException {
        try (SocketChannel client = client()) {
            send(client, head + "\r\n\r\n");
            return rest(client);
        }
    }

    private String get(String address) throws IOException {
        return asked("GET " + address + " HTTP/1.1\r\nHost: x");
    }

    private static FarHost echo() throws IOException {
        return FarHost.start((request, out) -> {
            FarHost.reply(out, 200, "", request.method() + " " + request.path() + " " + request.body());
            return !"close".equals(request.headers().get("connection"));
        });
    }

    @Test
    void aListedHostAnswersRequestsAndTunnels() throws IOException {
        try (FarHost host = echo()) {
            gate("127.0.0.1");
            assertThat(asked("POST " + host.address() + "/a?b HTTP/1.1\r\nContent-Length: 0"))
                    .endsWith("POST /a?b ");
            assertThat(host.requests.getFirst().headers())
                    .containsEntry("host", "127.0.0.1:" + host.port())
                    .containsEntry("connection", "close");
            try (SocketChannel client = client()) {
                send(client, "CONNECT 127.0.0.1:" + host.port() + " HTTP/1.1\r\n\r\nGET /first HTTP/1.1\r\n\r\n");
                assertThat(until(client, "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
                assertThat(until(client, "GET /first ")).contains("200 Reason");
                send(client, "PUT /second HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz");
                assertThat(until(client, "PUT /second xyz")).contains("200 Reason");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.0.0.0/8", "LOCALHOST"})
    void aHostIsListedByNameOrBySomeRangeOfItsAddresses(String listed) throws IOException {
        try (FarHost host = echo()) {
            gate(listed, "::1");
            String name = listed.equalsIgnoreCase("localhost") ? "localhost" : "127.0.0.1";
            assertThat(get("http://" + name + ":" + host.port() + "/")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aListedNameMayLeadAnywhereButAnUnlistedOneNowhere() throws IOException {
        try (FarHost host = echo()) {
            gate(all("127.0.0.1"), BOUNDS, "inside.example", "*.below.example");
            for (String name : List.of("inside.example", "INSIDE.example.", "a.b.below.example")) {
                assertThat(get("http://" + name + ":" + host.port() + "/")).startsWith("HTTP/1.1 200 ");
            }
            for (String name :
                    List.of("below.example", "xinside.example", "inside.example.evil.example", "127.0.0.1")) {
                assertThat(get("http://" + name + ":" + host.port() + "/"))
                        .startsWith("HTTP/1.1 403 ")
                        .contains("'outbound' lists neither");
            }
            assertThat(host.requests).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"93.184.215.14", "10.0.0.1", "127.0.0.2", "100.64.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
            })
    void publicAddressesThatAreNotListedAreRefusedLikeAllOthers(String address) throws IOException {
        gate(all(address), BOUNDS, "127.0.0.1");
        assertThat(get("http://public.example/")).startsWith("HTTP/1.1 403 ");
        assertThat(asked("CONNECT public.example:443 HTTP/1.1")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "[::ffff:169.254.169.254]",
                "100.100.100.200",
                "[fd00:ec2::254]",
                "2852039166",
                "meta.example"
            })
    void metadataServicesAreNeverReachedThoughListed(String host) throws IOException {
        Resolver resolver = name -> name.equals("meta.example")
                ? List.of(InetAddress.ofLiteral("169.254.169.254"))
                : Resolver.SYSTEM.resolve(name);
        gate(resolver, BOUNDS, "169.254.169.254", "0.0.0.0/0", "::/0", "meta.example", "100.100.100.200");
        assertThat(get("http://" + host + "/latest/meta-data/"))
                .startsWith("HTTP/1.1 403 ")
                .contains("metadata");
        assertThat(asked("CONNECT " + host + ":80 HTTP/1.1")).startsWith("HTTP/1.1 403 ");
    }

    /** The name server gives a good address first and a bad one to whoever asks again. */
    @Test
    void aNameThatIsReboundLeadsToTheJudgedAddressOrNowhere() throws IOException {
        try (FarHost good = echo();
                FarHost bad = FarHost.at(
                        "127.0.0.2", good.port(), ServerSocketFactory.getDefault(), (request, out) -> false)) {
            gate(all("127.0.0.1", "127.0.0.2"), BOUNDS, "127.0.0.1");
            String address = "http://rebind.example:" + good.port() + "/";
            assertThat(get(address)).startsWith("HTTP/1.1 200 ");
            assertThat(get(address)).startsWith("HTTP/1.1 403 ");
            assertThat(bad.requests).isEmpty();
        }
    }

    @Test
    void aNameWithOneBadAddressAmongGoodOnesIsRefused() throws IOException {
        try (FarHost host = echo()) {
            gate(
                    name -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2")),
                    BOUNDS,
                    "127.0.0.1");
            assertThat(get("http://both.example:" + host.port() + "/")).startsWith("HTTP/1.1 403 ");
            assertThat(host.requests).isEmpty();
        }
    }

    @Test
    void hostsThatDoNotAnswerAreToldByStatus() throws IOException {
        int nobody;
        try (FarHost host = echo()) {
            nobody = host.port();
        }
        gate("127.0.0.1", "nowhere.invalid");
        assertThat(get("http://127.0.0.1:" + nobody + "/"))
                .startsWith("HTTP/1.1 502 ")
                .contains("takes no connections");
        assertThat(get("http://nowhere.invalid/")).startsWith("HTTP/1.1 502 ").contains("not known");
        assertThat(asked("GET / HTTP/1.1")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aSecondRequestOnOneConnectionGoesNowhereElse() throws IOException {
        try (FarHost host = FarHost.saying(200, "", "one");
                FarHost other = echo()) {
            gate("127.0.0.1");
            String first = "GET " + host.address() + "/1 HTTP/1.1\r\n\r\n";
            assertThat(asked(first + "GET " + other.address() + "/2 HTTP/1.1")).endsWith("one");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void theEndOfTheRunEndsItsConnections() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FarHost host = FarHost.start((request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\nbegun".getBytes(StandardCharsets.US_ASCII));
                    end.await();
                    return false;
                });
                SocketChannel client = connected(host)) {
            gate.shut();
            assertThat(rest(client)).isEmpty();
            assertThat(get(host.address())).startsWith("HTTP/1.1 503 ").contains("No run");
            gate.open();
            try (SocketChannel next = client()) {
                send(next, "GET " + host.address() + " HTTP/1.1\r\n\r\n");
                assertThat(until(next, "begun")).endsWith("begun");
            }
            end.countDown();
        }
    }

    private SocketChannel connected(FarHost host) throws IOException {
        gate("127.0.0.1");
        SocketChannel client = client();
        send(client, "GET " + host.address() + " HTTP/1.1\r\n\r\n");
        assertThat(until(client, "begun")).endsWith("begun");
        return client;
    }

    private String unlisted() {
        try {
            return get("http://10.0.0.1/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunHasOnlySoManyConnections() throws IOException {
        gate("127.0.0.1");
        try (FarHost host = echo();
                SocketChannel silent = client();
                SocketChannel one = tunnel(host);
                SocketChannel two = tunnel(host);
                SocketChannel three = tunnel(host)) {
            assertThat(List.of(silent, one, two, three)).allMatch(SocketChannel::isConnected);
            assertThat(unlisted()).startsWith("HTTP/1.1 503 ").contains("at most 3 connections");
            two.close();
            Eventually.is("there is a place again", () -> unlisted().startsWith("HTTP/1.1 403 "));
        }
    }

    private SocketChannel tunnel(FarHost host) throws IOException {
        SocketChannel client = client();
        send(client, "CONNECT 127.0.0.1:" + host.port() + " HTTP/1.1\r\n\r\n");
        assertThat(until(client, "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        return client;
    }

    @Test
    void aRunHasOnlySoManyBytes() throws IOException {
        String much = "x".repeat(700 << 10);
        try (FarHost host = FarHost.saying(200, "", much)) {
            gate("127.0.0.1");
            assertThat(get(host.address())).hasSizeGreaterThan(much.length());
            assertThat(get(host.address())).hasSizeLessThan(much.length());
            assertThat(get(host.address())).startsWith("HTTP/1.1 503 ").contains("at most 1 MB");
            gate.shut();
            gate.open();
            assertThat(get(host.address())).hasSizeGreaterThan(much.length());
        }
    }

    @Test
    void whatIsSilentForTooLongIsEnded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FarHost host = FarHost.start((request, out) -> {
            end.await();
            return false;
        })) {
            gate(Resolver.SYSTEM, new Bounds(3, 1 << 20, Duration.ofSeconds(5), Duration.ofMillis(50)), "127.0.0.1");
            assertThat(get(host.address())).isEmpty();
            end.countDown();
        }
    }

    @Test
    void aHeadWithoutEndIsRefused() throws IOException {
        gate("127.0.0.1");
        assertThat(asked("GET http://127.0.0.1/ HTTP/1.1\r\nX: " + "y".repeat(40_000)))
                .startsWith("HTTP/1.1 400 ");
    }
}
