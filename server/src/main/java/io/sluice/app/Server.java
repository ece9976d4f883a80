package io.sluice.app;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.RawExchange;
import io.sluice.call.Calls;
import io.sluice.call.Idempotency;
import io.sluice.call.PublicReads;
import io.sluice.call.ReturningCallers;
import io.sluice.config.Settings;
import io.sluice.engine.Engines;
import io.sluice.event.Events;
import io.sluice.event.QueuedRuns;
import io.sluice.event.ScriptQueue;
import io.sluice.http.HttpServer;
import io.sluice.http.HttpSettings;
import io.sluice.http.Route;
import io.sluice.job.JobSettings;
import io.sluice.job.Jobs;
import io.sluice.observe.LogObserver;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.outbound.Hosts;
import io.sluice.script.ScriptSettings;
import io.sluice.script.Scripts;
import io.sluice.service.OutboundRule;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import io.sluice.service.file.FileServiceTypes;
import io.sluice.service.git.GitServiceTypes;
import io.sluice.service.remote.RemoteServiceTypes;
import io.sluice.service.script.ScriptServiceType;
import io.sluice.service.sql.SqlServiceTypes;
import io.sluice.service.system.LinkRight;
import io.sluice.service.system.ScriptResources;
import io.sluice.service.system.SystemServices;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import io.sluice.store.StoreException;
import io.sluice.webhook.WebhookSettings;
import io.sluice.webhook.Webhooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** A running server: every room, made leaves first and joined by hand in {@link #start(Settings, Observe)}. */
public final class Server implements AutoCloseable {
    /** How long a service that was replaced goes on serving the calls that it has. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** How long a stop waits for queued runs that are under way. */
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Function<RawExchange, ApiResponse> api;
    private final HttpServer http;
    private final Observe observe;
    private final WarmUp warmUp;
    private final List<AutoCloseable> inOrderOfStart;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Server(
            Function<RawExchange, ApiResponse> api,
            HttpServer http,
            Observe observe,
            WarmUp warmUp,
            List<AutoCloseable> inOrderOfStart) {
        this.api = api;
        this.http = http;
        this.observe = observe;
        this.warmUp = warmUp;
        this.inOrderOfStart = inOrderOfStart;
    }

    public static Server start(Settings settings) {
        return start(settings, new LogObserver());
    }

    /**
     * Starts everything; returns when calls are taken. Leaves first: what a line needs stands above it. What stands in the way is a
     * {@code StartException} in plain words, and nothing is left running.
     */
    public static Server start(Settings settings, Observe observe) {
        return start(settings, observe, Clock.systemUTC());
    }

    /** The same by another clock. */
    public static Server start(Settings settings, Observe observe, Clock clock) {
        List<AutoCloseable> started = new ArrayList<>();
        try {
            Thread.ofPlatform().daemon().name("load-http").start(HttpServer::loadAhead);
            Store store = add(started, openStore(settings));
            Secrets secrets = secrets(settings);
            Access access = new Access(store, secrets, clock);
            AtomicLong changes = new AtomicLong();
            access.onChange(changes::incrementAndGet);
            Hosts hosts = add(started, new Hosts(outbound(settings)));
            Services services = add(started, new Services(GRACE));
            Engines engines = add(started, ScriptEngines.of(settings)).engines();
            Scripts scripts = add(
                    started,
                    new Scripts(store, engines, services, observe, scriptSettings(settings, clock, access, services)));
            Jobs jobs = add(started, new Jobs(store, secrets, observe, jobSettings(settings, clock)));
            ScriptQueue queue = new ScriptQueue(jobs, scripts);
            Webhooks webhooks = add(
                    started,
                    new Webhooks(
                            store,
                            secrets,
                            services,
                            scripts,
                            observe,
                            WebhookSettings.of(clock, settings.publicUrl())));
            SystemServices system = new SystemServices(
                    store,
                    secrets,
                    access,
                    services,
                    observe,
                    clock,
                    Version.NUMBER,
                    new WebhookServiceChanges(
                            webhooks.records(),
                            new ScriptServiceChanges(
                                    scripts, new LinkRight(access, services), changes::incrementAndGet)),
                    ScriptResources.of(store, access, services, scripts, jobs, webhooks.records(), clock, observe));
            types(settings, system, hosts, ScriptServiceType.all(scripts, queue, changes::get))
                    .forEach(services::register);
            system.startAll();
            settings.firstAdministrator().ifPresent(first -> createFirst(access, first));
            Events events = new Events(scripts, queue, observe);
            Idempotency idempotency =
                    new Idempotency(store, secrets, clock, Duration.ofHours(settings.idempotencyHours()));
            Calls calls = new Calls(access, services, events, idempotency, system.rootIndex()::answer);
            HttpServer http = new HttpServer(
                    http(settings, access, observe),
                    routes(calls, services, webhooks, access),
                    system::crossOrigin,
                    observe);
            http.start();
            started.add(http::stop);
            webhooks.start();
            jobs.start(List.of(new QueuedRuns(scripts, events, new ReturningCallers(access, calls))));
            return new Server(calls::handle, http, observe, new WarmUp(scripts, engines, observe), started);
        } catch (RuntimeException | Error e) {
            closeAll(started, observe);
            throw plainly(e);
        }
    }

    /** What a room says in plain words when it cannot start, such as a taken port, ends the start without a stack trace. */
    private static RuntimeException plainly(Throwable e) {
        return switch (e) {
            case StartException said -> said;
            case IllegalStateException said -> new StartException(String.valueOf(said.getMessage()), said);
            case IllegalArgumentException said -> new StartException(String.valueOf(said.getMessage()), said);
            case StoreException said -> new StartException(String.valueOf(said.getMessage()), said);
            case RuntimeException unexpected -> unexpected;
            default -> throw (Error) e;
        };
    }

    private static <T extends AutoCloseable> T add(List<AutoCloseable> started, T one) {
        started.add(one);
        return one;
    }

    static Store openStore(Settings settings) {
        Path data = settings.dataDir();
        try {
            Files.createDirectories(data);
            for (Path root : settings.filesRoots()) {
                Files.createDirectories(root);
            }
        } catch (IOException e) {
            throw new StartException("Cannot make the folder " + e.getMessage() + ". Name another with --data.", e);
        }
        return Store.open(data.resolve("sluice.db"));
    }

    static Secrets secrets(Settings settings) {
        return new Secrets(settings.secretKey()
                .orElseGet(() -> SecretKeyFile.readOrMake(settings.dataDir().resolve("secret.key"))));
    }

    private static OutboundRule outbound(Settings settings) {
        try {
            return OutboundRule.PUBLIC_ONLY.and(settings.outboundAllow());
        } catch (IllegalArgumentException e) {
            throw new StartException("outbound.allow: " + e.getMessage(), e);
        }
    }

    private static ScriptSettings scriptSettings(Settings settings, Clock clock, Access access, Services services) {
        return ScriptSettings.of(
                clock,
                ScriptSettings.Sources.within(Duration.ofMillis(settings.fetchTimeoutMillis())),
                new ScriptSettings.Bounds(
                        ScriptSettings.Bounds.PROGRAMS, settings.scriptQueue(), (long) settings.storeMegabytes() << 20),
                outbound(settings),
                new KnownToScripts(access, services));
    }

    private static JobSettings jobSettings(Settings settings, Clock clock) {
        Settings.QueuedRuns runs = settings.queuedRuns();
        return new JobSettings(
                clock,
                runs.threads(),
                runs.tries(),
                runs.most(),
                Duration.ofMillis(runs.firstPauseMillis()),
                Duration.ofMillis(runs.longestPauseMillis()),
                STOPPING);
    }

    private static List<ServiceType> types(
            Settings settings, SystemServices system, Hosts hosts, List<ServiceType> scripts) {
        return Stream.of(
                        system.types(),
                        SqlServiceTypes.all(settings.filesRoots(), settings.driversDir(), system.schemaSettings()),
                        new FileServiceTypes(settings.filesRoots(), hosts, settings.maxUploadBytes()).all(),
                        new GitServiceTypes(settings.filesRoots(), hosts).all(),
                        scripts,
                        RemoteServiceTypes.all())
                .flatMap(List::stream)
                .toList();
    }

    private static void createFirst(Access access, Settings.FirstAdministrator first) {
        if (access.directory().anyAdministrator()) {
            return;
        }
        try {
            access.directory().createAdministrator(first.email(), first.password());
        } catch (ApiException e) {
            throw new StartException("The first administrator cannot be created: " + e.getMessage(), e);
        }
    }

    /** While nobody could log in, nobody else may reach the server: the first to come would take it over. */
    private static HttpSettings http(Settings settings, Access access, Observe observe) {
        String host = settings.host();
        if (!access.directory().anyAdministrator() && !host.equals("127.0.0.1")) {
            observe.happened(
                    new Observation.Note(
                            "There is no administrator yet: listening on 127.0.0.1 only. Create one with"
                                    + " 'sluice admin create', or set SLUICE_ADMIN_EMAIL and SLUICE_ADMIN_PASSWORD, and start again."));
            host = "127.0.0.1";
        }
        return new HttpSettings(host, settings.port(), settings.maxBodyBytes(), settings.maxUploadBytes());
    }

    /** Public files come last: a service cannot take an address of the server. */
    private static List<Route> routes(Calls calls, Services services, Webhooks webhooks, Access access) {
        List<Route> routes = new ArrayList<>(Route.standard(calls::handle, () -> status(access)));
        routes.add(Route.guarded("/hooks", webhooks::admit, webhooks::answer));
        routes.add(Route.tree("", new PublicReads(services)::answer));
        return routes;
    }

    private static Map<String, Object> status(Access access) {
        return Map.of(
                "version",
                Version.NUMBER,
                "has_administrator",
                access.directory().anyAdministrator());
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

    /** Says on standard output that it is ready, with the time since the launcher's start; what calls may do without is done now. */
    void announce(PrintWriter out) {
        Duration since = LaunchTime.sinceLaunch(Instant.now());
        out.println("sluice ready on " + address() + " in " + since.toMillis() + " ms");
        out.flush();
        observe.happened(new Observation.ServerReady(address(), since));
        warmUp.begin();
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
        closeAll(inOrderOfStart, observe);
        ended.countDown();
    }

    private static void closeAll(List<AutoCloseable> inOrderOfStart, Observe observe) {
        for (AutoCloseable one : inOrderOfStart.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                observe.happened(new Observation.Note("while stopping: " + e));
            }
        }
    }
}
