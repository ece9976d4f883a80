package io.sluice.testing;

import io.sluice.app.Server;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

/** The whole server in this JVM, on a free port of 127.0.0.1, with an administrator. */
public final class TestServer implements AutoCloseable {
    public static final String EMAIL = "admin@example.com";
    public static final String PASSWORD = "correct horse battery";
    private final Server server;
    private final Observed observed;

    private TestServer(Server server, Observed observed) {
        this.server = server;
        this.observed = observed;
    }

    public static TestServer start(Path data) {
        return start(data, Map.of());
    }

    public static TestServer start(Path data, Map<Setting, String> more) {
        return start(data, more, Clock.systemUTC());
    }

    /** By that clock. */
    public static TestServer start(Path data, Map<Setting, String> more, Clock clock) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        given.put(Setting.HTTP_HOST, "127.0.0.1");
        given.put(Setting.HTTP_PORT, "0");
        given.put(Setting.DATA_DIR, data.toString());
        given.put(Setting.ADMIN_EMAIL, EMAIL);
        given.put(Setting.ADMIN_PASSWORD, PASSWORD);
        given.putAll(more);
        Observed observed = new Observed();
        Settings settings = Settings.read(data.resolve("none.yaml"), Map.of(), given);
        return new TestServer(Server.start(settings, observed, clock), observed);
    }

    public String address() {
        return server.address();
    }

    /** Without credentials. */
    public Api anonymous() {
        return Api.at(address());
    }

    public Api admin() {
        return anonymous().login(EMAIL, PASSWORD);
    }

    public Observed observed() {
        return observed;
    }

    @Override
    public void close() {
        server.close();
    }
}
