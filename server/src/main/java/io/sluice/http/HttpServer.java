package io.sluice.http;

import io.sluice.api.CorsRule;
import io.sluice.observe.Observe;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The HTTP server. Started once and stopped once. */
public final class HttpServer {
    /** Request line and headers together. Filters travel in the address. */
    static final int MAX_HEADER_BYTES = 64 << 10;

    /** Calls at a time; further ones wait on their sockets. */
    private static final int MAX_CALLS = 1_024;

    private static final long STOP_MILLIS = 5_000;

    private final HttpSettings settings;
    private final Server server;
    private final ServerConnector connector;

    /**
     * @param routes the first that matches answers
     */
    public HttpServer(HttpSettings settings, List<Route> routes, Observe observe) {
        this(settings, routes, path -> Optional.empty(), observe);
    }

    /**
     * @param crossOrigin which pages of other origins may call below a path, its leading slash left out
     */
    public HttpServer(
            HttpSettings settings,
            List<Route> routes,
            Function<String, Optional<CorsRule>> crossOrigin,
            Observe observe) {
        this.settings = settings;
        this.server = new Server(threads());
        this.connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(configuration()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setAcceptedTcpNoDelay(true);
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrors());
        server.setHandler(new GracefulHandler(
                new CallHandler(routes, new CrossOrigin(crossOrigin), settings, observe, new CallIds())));
        server.setStopTimeout(STOP_MILLIS);
    }

    /** Loads the server library, which takes a third of a second: to be called beside the rest of the start. */
    public static void loadAhead() {
        new HttpServer(new HttpSettings("127.0.0.1", 0), List.of(), observation -> {});
    }

    /** A few platform threads wait for sockets; each request has a virtual thread. */
    private static QueuedThreadPool threads() {
        VirtualThreadPool calls = new VirtualThreadPool(MAX_CALLS);
        calls.setName("call");
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setName("http");
        pool.setVirtualThreadsExecutor(calls);
        return pool;
    }

    /** Odd paths are let through: what they mean, and that {@code ..} means nothing, is decided where paths are read. */
    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    /** Listens from now on. An address that is taken, or not ours, is an {@link IllegalStateException} that names it. */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            stop();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens, with the port that was picked. */
    public InetSocketAddress address() {
        return new InetSocketAddress(settings.host(), connector.getLocalPort());
    }

    /** Takes no more calls and lets those under way end, for some seconds. */
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", e);
        }
    }
}
