package io.sluice.engine.php;

import io.sluice.engine.Compilation;
import io.sluice.engine.Language;
import io.sluice.engine.ScriptEngine;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Confinement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs PHP in confined workers of php-fpm, or of php where there is none (decision 009). Looks for them when first asked. */
public final class PhpEngine implements ScriptEngine {
    private static final Language PHP = new Language(
            "php",
            "PHP",
            "PHP 8.1 or newer, run by confined php-fpm workers: no files of the server, and of the network only the hosts that its record lists in outbound.",
            false,
            List.of());

    private static final String MISSING =
            "There is no PHP 8.1 or newer on this server. Install php-fpm (Debian and Ubuntu: apt install php-fpm php-mbstring;"
                    + " Alpine: apk add php83-fpm php83-mbstring), or name one with SLUICE_SCRIPTS_PHP.";

    /** How soon it is looked for again, so that installing one needs no restart. */
    private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;

    private final Confinement confinement;
    private final PhpSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable PhpRuntime runtime;
    private volatile @Nullable Missing missing;
    private boolean closed;

    private record Missing(String why, long until) {}

    /** @param confinement is not closed with the engine */
    public PhpEngine(Confinement confinement, PhpSettings settings) {
        this.confinement = confinement;
        this.settings = settings;
    }

    @Override
    public List<Language> languages() {
        return List.of(PHP);
    }

    @Override
    public Optional<String> unavailable() {
        return runtime().isPresent() ? Optional.empty() : Optional.of(why());
    }

    private String why() {
        Missing known = missing;
        return known == null ? MISSING : known.why();
    }

    @Override
    public Compilation compile(SourceSet source) {
        Optional<PhpRuntime> known = runtime();
        return known.isPresent() ? new PhpCompiler(known.get()).compile(source) : new Compilation.Refused(why(), 0, 0);
    }

    private Optional<PhpRuntime> runtime() {
        PhpRuntime known = runtime;
        if (known != null) {
            return Optional.of(known);
        }
        Missing gone = missing;
        return gone != null && System.nanoTime() - gone.until() < 0 ? Optional.empty() : started();
    }

    private Optional<PhpRuntime> started() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the PHP engine is closed");
            }
            PhpRuntime known = runtime;
            return known != null ? Optional.of(known) : looked();
        } finally {
            lock.unlock();
        }
    }

    private Optional<PhpRuntime> looked() {
        Optional<Php> php = Php.find(settings);
        Optional<String> refusal = php.isEmpty() ? Optional.of(MISSING) : confinement.refusal();
        if (refusal.isPresent()) {
            missing = new Missing(refusal.get(), System.nanoTime() + LOOK_AGAIN_NANOS);
            return Optional.empty();
        }
        PhpRuntime made = new PhpRuntime(php.orElseThrow(), confinement, settings);
        runtime = made;
        return Optional.of(made);
    }

    /** Ends runs under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            PhpRuntime known = runtime;
            if (known != null) {
                known.close();
                runtime = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
