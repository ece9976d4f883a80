package io.sluice.app;

import io.sluice.access.Access;
import io.sluice.api.ApiResponse;
import io.sluice.api.RawExchange;
import io.sluice.call.Calls;
import io.sluice.config.Settings;
import io.sluice.engine.Engines;
import io.sluice.engine.js.JavaScriptEngine;
import io.sluice.engine.js.JsSettings;
import io.sluice.event.Events;
import io.sluice.http.HttpServer;
import io.sluice.http.HttpSettings;
import io.sluice.http.Route;
import io.sluice.observe.LogObserver;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.ScriptSettings;
import io.sluice.script.Scripts;
import io.sluice.service.Services;
import io.sluice.service.system.SystemServices;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A running server: every room, made leaves first and joined by hand in {@link #start(Settings, Observe)}. */
public final class Server implements AutoCloseable {
    /** How long a service that was replaced goes on serving the calls that it has. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Function<RawExchange, ApiResponse> api;
    private final HttpServer http;
    private final Observe observe;
    private final List<AutoCloseable> inOrderOfStart;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Server(
            Function<RawExchange, ApiResponse> api,
            HttpServer http,
            Observe observe,
            List<AutoCloseable> inOrderOfStart) {
        this.api = api;
        this.http = http;
        this.observe = observe;
        this.inOrderOfStart = inOrderOfStart;
    }

    public static Server start(Settings settings) {
        return start(settings, new LogObserver());
    }

    /** Starts everything; returns when calls are taken. What stands in the way is a {@code StartException} in plain words. */
    public static Server start(Settings settings, Observe observe) {
        throw new UnsupportedOperationException("wiring follows " + settings + observe + GRACE);
    }

    /** The API without the socket. */
    Function<RawExchange, ApiResponse> api() {
        return api;
    }

    /** {@code http://127.0.0.1:8080}. */
    public String address() {
        var bound = http.address();
        String host = bound.getAddress().isAnyLocalAddress() ? "127.0.0.1" : bound.getHostString();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
    }

    /** Says on standard output that it is ready, with the time since the launcher's start. */
    void announce(PrintWriter out) {
        Duration since = LaunchTime.sinceLaunch(Instant.now());
        out.println("sluice ready on " + address() + " in " + since.toMillis() + " ms");
        out.flush();
        observe.happened(new Observation.ServerReady(address(), since));
    }

    /** Waits for the process to be told to end, then stops in order. */
    void awaitEnd() {
        Thread stop = new Thread(this::close, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** Stops taking calls, ends those under way, then gives back everything, last made first. */
    @Override
    public void close() {
        for (AutoCloseable one : inOrderOfStart.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                observe.happened(new Observation.Note("while stopping: " + e));
            }
        }
        ended.countDown();
    }
}
