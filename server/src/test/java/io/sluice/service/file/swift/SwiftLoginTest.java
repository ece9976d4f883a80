package io.sluice.service.file.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.outbound.Hosts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import io.sluice.testing.FarHost;
import io.sluice.testing.KeystoneServer;
import io.sluice.testing.SettableClock;
import io.sluice.testing.SwiftServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins: to Swift and Keystone themselves, and to hosts that count. Keystone v2 and Rackspace: {@link DocumentedLoginsTest}. */
class SwiftLoginTest {
    private static final FilePath FILE = FilePath.of("a.bin");

    private final Hosts hosts = new Hosts(OutboundRule.PUBLIC_ONLY);

    @AfterEach
    void close() {
        hosts.close();
    }

    private FileStore open(Map<String, Object> config) {
        return new SwiftFiles(hosts)
                .open(new ServiceDefinition(7, "files", "Files", "", "openstack_object_storage", true, config));
    }

    private FileStore tempauth(String user, String key) throws IOException {
        return open(Map.of(
                "username",
                user,
                "password",
                key,
                "url",
                SwiftServer.get().address() + "/auth/v1.0",
                "container",
                "logins"));
    }

    private FileStore keystone(Map<String, Object> more) throws IOException {
        Map<String, Object> config = new HashMap<>(Map.of(
                "username", KeystoneServer.USER,
                "password", KeystoneServer.PASSWORD,
                "tenant_name", KeystoneServer.PROJECT,
                "url", KeystoneServer.get().address(),
                "container", "logins"));
        config.putAll(more);
        return open(Map.copyOf(config));
    }

    private static void write(FileStore store, int size) throws IOException {
        store.write(FILE, new ByteArrayInputStream(new byte[size]), OptionalLong.of(size));
    }

    private static void denied(String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DENIED);
            assertThat(failure.getMessage()).contains(why);
        });
    }

    private void refused(String why, Map<String, Object> config) {
        assertThatThrownBy(() -> open(config)).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(400);
            assertThat(failure.error().message()).contains(why);
        });
    }

    @Test
    void configThatCannotWorkIsRefusedInWords() {
        Map<String, Object> all = Map.of(
                "username", "u", "password", "p", "tenant_name", "t", "url", "http://h:5000/v3", "container", "c");
        for (String field : List.of("username", "password", "tenant_name", "url", "container")) {
            Map<String, Object> some = new HashMap<>(all);
            some.remove(field);
            refused("needs the field '" + field + "'", Map.copyOf(some));
        }
        Map<String, Object> other = new HashMap<>(all);
        other.put("url", "http://h:5000");
        refused("does not tell the version", other);
        other.put("auth_version", "7");
        refused("must be 1, 2 or 3", other);
        other.put("auth_version", "3");
        other.put("container", "a/b");
        refused("cannot hold a slash", other);
        other.put("url", "file:///etc");
        refused("The url must be an http or https address", other);
    }

    @Test
    void theVersionMayStandInAFieldAndTheAccountInAnother() throws IOException {
        FileStore store = open(Map.of(
                "username",
                "tester",
                "password",
                SwiftServer.KEY,
                "tenant_name",
                "test",
                "url",
                SwiftServer.get().address(),
                "auth_version",
                1,
                "container",
                "logins"));
        assertThat(store.find(FilePath.ROOT)).isPresent();
    }

    @Test
    void aWrongPasswordIsDenied() throws IOException {
        FileStore store = tempauth(SwiftServer.USER, "wrong");
        denied("refused the configured user", () -> store.list(FilePath.ROOT, false));
    }

    @Test
    void aUserWithoutRightsIsDenied() throws IOException {
        FileStore store = tempauth(SwiftServer.POWERLESS, SwiftServer.KEY);
        denied("may not do this", () -> write(store, 5));
    }

    @Test
    void aTokenThatIsRefusedIsReplacedInTheMiddleOfWork() throws IOException {
        FileStore store = tempauth(SwiftServer.USER, SwiftServer.KEY);
        write(store, 10);
        for (int size : new int[] {20, 3 << 20}) {
            SwiftServer.get().forgetTokens();
            write(store, size);
            assertThat(store.find(FILE).orElseThrow().size()).isEqualTo(size);
        }
    }

    @Test
    void keystoneNamesTheStorageOfARegion() throws IOException {
        FileStore store = keystone(Map.of("region", KeystoneServer.REGION));
        write(store, 10);
        assertThat(store.find(FILE).orElseThrow().size()).isEqualTo(10);
        denied(
                "'Mars', only in Elsewhere, RegionOne",
                () -> keystone(Map.of("region", "Mars")).list(FilePath.ROOT, false));
    }

    @Test
    void keystoneKnowsDomains() throws IOException {
        assertThat(keystone(Map.of("region", KeystoneServer.REGION, "domain", "Default", "project_domain", "Default"))
                        .find(FilePath.ROOT))
                .isPresent();
        denied(
                "refused the configured user",
                () -> keystone(Map.of("domain", "Nowhere")).list(FilePath.ROOT, false));
        denied(
                "refused the configured user",
                () -> keystone(Map.of("password", "no")).list(FilePath.ROOT, false));
    }

    /** Swift as little of it as a login needs: each login makes another token, the token {@code t0} is refused. */
    private static final class Counting implements FarHost.Answer {
        final AtomicInteger logins = new AtomicInteger();
        private final String headers;
        private String address = "";

        Counting(String headers) {
            this.headers = headers;
        }

        @Override
        public boolean write(FarHost.Got request, java.io.OutputStream out) throws IOException {
            if (request.path().startsWith("/auth")) {
                String token = "t" + logins.getAndIncrement();
                FarHost.reply(
                        out,
                        200,
                        "X-Auth-Token: " + token + "\r\nX-Storage-Url: " + address + "/v1/a\r\n" + headers,
                        "");
            } else {
                boolean old = request.headers().getOrDefault("x-auth-token", "").equals("t0");
                FarHost.reply(out, old ? 401 : 204, "", "");
            }
            return true;
        }
    }

    private FileStore over(Counting counting, FarHost host, SettableClock clock) {
        counting.address = host.address();
        Map<String, Object> config =
                Map.of("username", "u", "password", "p", "url", host.address() + "/auth/v1.0", "container", "c");
        return new Account(
                        hosts,
                        clock::instant,
                        new ServiceDefinition(7, "files", "", "", "openstack_object_storage", true, config),
                        Account.Proof.PASSWORD)
                .store();
    }

    @Test
    void manyCallsAtOnceLogInOnceAndOnceMoreWhenTheTokenIsRefused() throws Exception {
        Counting counting = new Counting("");
        try (FarHost host = FarHost.start(counting);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            FileStore store = over(counting, host, new SettableClock(java.time.Instant.EPOCH));
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(callers.submit(() -> store.find(FILE)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(counting.logins).hasValue(2);
        }
    }

    @Test
    void aTokenIsUsedUntilItEnds() throws Exception {
        Counting counting = new Counting("X-Auth-Token-Expires: 3600\r\n");
        SettableClock clock = new SettableClock(java.time.Instant.EPOCH);
        try (FarHost host = FarHost.start(counting)) {
            FileStore store = over(counting, host, clock);
            store.find(FILE); // t0 is refused, t1 is not
            clock.advance(Duration.ofMinutes(50));
            store.find(FILE);
            assertThat(counting.logins).hasValue(2);
            clock.advance(Duration.ofMinutes(10));
            store.find(FILE);
            assertThat(counting.logins).hasValue(3);
        }
    }

    @Test
    void aTokenIsNotShownWithoutTlsWhenTheLoginHadIt() {
        assertThatThrownBy(() -> Session.at(
                        hosts.at(java.net.URI.create("https://identity.example")),
                        java.net.URI.create("https://identity.example/v3"),
                        "http://storage.example/v1/a",
                        "t",
                        java.util.Optional.empty()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("http address for the storage");
    }
}
