package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/** What all scripts of this server share: GraalJS with its parsed sources, the script threads, the watchdog, the maker of contexts. */
final class JsRuntime implements AutoCloseable {
    private static final String JS = "js";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final JsSettings settings;
    private final Engine engine;
    private final Source prelude;
    private final Map<String, Source> libraries = new ConcurrentHashMap<>();
    private final Map<String, Source> byText = new ConcurrentHashMap<>();
    private final Map<String, String> options;
    private final ScriptThreads threads;
    private final Watchdog watchdog = new Watchdog();
    private final PlaceMaker maker = new PlaceMaker();
    private final Source patience = source("(patience)", text("patience.js"));
    private final Source hardening = source("(harden)", text("harden.js"));
    private final AtomicInteger hardened = new AtomicInteger();
    private final AtomicBoolean errorsReady = new AtomicBoolean();
    private final AtomicBoolean untouchedAsked = new AtomicBoolean();
    private volatile @Nullable Untouched untouched;

    private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
    private boolean closed;

    private JsRuntime(JsSettings settings, Engine engine, Source prelude) {
        this.settings = settings;
        this.engine = engine;
        this.prelude = prelude;
        this.options = options(settings);
        this.threads = new ScriptThreads(settings.slots(), watchdog);
    }

    static JsRuntime start(JsSettings settings) {
        Engine engine = Engine.newBuilder(JS)
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false")
                // Scripts run on threads of the system; only texts are read on virtual ones.
                .option("engine.WarnVirtualThreadSupport", "false")
                .build();
        return new JsRuntime(settings, engine, source("(sluice)", text("prelude.js")));
    }

    static String text(String resource) {
        try (InputStream in = JsRuntime.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Source source(String name, String text) {
        return Source.newBuilder(JS, text, name).cached(true).buildLiteral();
    }

    JsSettings settings() {
        return settings;
    }

    Source prelude() {
        return prelude;
    }

    /** A library of {@code lib/}, read when first named. */
    Source library(String name) {
        return libraries.computeIfAbsent(name, any -> source("(" + name + ")", text("lib/" + name + ".js")));
    }

    /** A library of {@code lib/} that is written for {@code require}, as a function of {@code exports, require, module}. */
    Source wrapped(String name) {
        return libraries.computeIfAbsent(
                name,
                any -> source(
                        "(" + name + ")",
                        "(function(exports, require, module){" + text("lib/" + name + ".js") + "\n})"));
    }

    ScriptThreads threads() {
        return threads;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    PlaceMaker maker() {
        return maker;
    }

    Compilation compile(SourceSet source) {
        return new JsCompiler(this, Hardenable::looks).compile(source);
    }

    /** Makes a context in which nothing ran yet such that no built-in function of the language holds its thread for long. */
    void makePatient(Context context) {
        context.eval(patience).executeVoid();
    }

    /** For the first context only. */
    void onceForErrors(Runnable work) {
        if (!errorsReady.getAndSet(true)) {
            work.run();
        }
    }

    Source hardening() {
        return hardening;
    }

    /** One for all that say the same, kept for as long as the engine. */
    Source shared(Source source) {
        return byText.computeIfAbsent(source.getCharacters().toString(), any -> source);
    }

    /** Nothing when it is not known yet: learning it takes a while, so the maker does it, and no script thread. */
    Optional<Untouched> untouched() {
        @Nullable Untouched known = untouched;
        if (known == null && !untouchedAsked.getAndSet(true)) {
            maker.fill(this::learnUntouched);
        }
        return Optional.ofNullable(known);
    }

    private void learnUntouched() {
        making(() -> {
            try (Context context = newContext()) {
                makePatient(context);
                untouched = new Untouched(context, source("(untouched)", text("untouched.js")));
            } finally {
                untouchedAsked.set(untouched != null);
            }
        });
    }

    /** Takes one of the places that all hardened contexts share; false when there is none left. */
    boolean reserveHardened() {
        return hardened.getAndUpdate(count -> Math.min(settings.hardenedContexts(), count + 1))
                < settings.hardenedContexts();
    }

    void releaseHardened() {
        hardened.decrementAndGet();
    }

    /** A context with the language's own globals and nothing else. All must be built alike, or their code is not shared. */
    Context newContext() {
        return newContext(Optional.empty());
    }

    /** @param modules texts that it can import */
    Context newContext(Optional<Modules> modules) {
        return builder(modules.map(JsRuntime::texts).orElse(IOAccess.NONE)).build();
    }

    /** The same, but that what {@code RegExp.$1} would tell of another run's match is not kept. */
    Context newHardenedContext() {
        return builder(IOAccess.NONE).option("js.regexp-static-result", "false").build();
    }

    private Context.Builder builder(IOAccess files) {
        return Context.newBuilder(JS)
                .engine(engine)
                .allowExperimentalOptions(true)
                .options(options)
                .allowHostAccess(HostAccess.NONE)
                .allowIO(files)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowNativeAccess(false)
                .allowInnerContextOptions(false)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowValueSharing(false);
    }

    private static IOAccess texts(Modules modules) {
        return IOAccess.newBuilder()
                .fileSystem(new ModuleFiles(modules))
                .allowHostSocketAccess(false)
                .build();
    }

    private static Map<String, String> options(JsSettings settings) {
        return Map.ofEntries(
                Map.entry("js.ecmascript-version", "latest"),
                Map.entry("js.unhandled-rejections", "throw"),
                Map.entry("js.string-length-limit", Integer.toString(settings.maxStringLength())),
                Map.entry("js.max-typed-array-length", Integer.toString(settings.maxTypedArrayLength())),
                Map.entry("js.max-apply-argument-length", "1000000"),
                Map.entry("js.text-encoding", "true"),
                // What a module exports is the value of evaluating it.
                Map.entry("js.esm-eval-returns-exports", "true"),
                Map.entry("js.console", "false"),
                Map.entry("js.load", "false"),
                Map.entry("js.print", "false"),
                Map.entry("js.global-arguments", "false"),
                Map.entry("js.graal-builtin", "false"),
                Map.entry("js.polyglot-builtin", "false"),
                Map.entry("js.java-package-globals", "false"),
                Map.entry("js.shared-array-buffer", "false"),
                Map.entry("js.atomics", "false"),
                Map.entry("js.webassembly", "false"));
    }

    /**
     * Does first work in a new context. Never while the engine closes: GraalJS closes its engine under a lock that this work
     * needs, and waits there for this work to end.
     */
    void making(Runnable work) {
        making(() -> {
            work.run();
            return true;
        });
    }

    /** The same with an answer. */
    <T> T making(Supplier<T> work) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the JavaScript engine is closed");
            }
            return work.get();
        } finally {
            closing.readLock().unlock();
        }
    }

    /**
     * Ends runs under way, at once. When one cannot be ended the engine is left as it is: to close it would wait for that run,
     * whose thread is a daemon and ends with the server.
     */
    @Override
    public void close() {
        closing.writeLock().lock();
        closed = true;
        closing.writeLock().unlock();
        maker.close();
        if (threads.closed(CLOSE_PATIENCE)) {
            engine.close(true);
        }
        watchdog.close();
    }
}
