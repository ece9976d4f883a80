package io.sluice.engine.python;

import io.sluice.engine.Compilation;
import io.sluice.engine.Gathering;
import io.sluice.engine.Language;
import io.sluice.engine.ScriptEngine;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.engine.process.Confinement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs Python 3 in confined worker processes (decision 008). Looks for an interpreter when first asked for one. */
public final class PythonEngine implements ScriptEngine {
    private static final Language PYTHON = new Language(
            "python3",
            "Python3",
            "Python 3, run by confined worker processes: no files of the server, and of the network only the hosts that its record lists in outbound.",
            false,
            List.of("python"));

    private static final String MISSING =
            "There is no Python 3.9 or newer on this server. Install it (Debian and Ubuntu: apt install python3; Alpine: apk"
                    + " add python3), or name one with SLUICE_SCRIPTS_PYTHON.";

    static final String REQUIREMENTS = "requirements.txt";

    /** How soon it is looked for again, so that installing one needs no restart. */
    private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;

    private final Confinement confinement;
    private final PythonSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable PythonRuntime runtime;
    private volatile @Nullable Missing missing;
    private boolean closed;

    private record Missing(String why, long until) {}

    /** @param confinement is not closed with the engine */
    public PythonEngine(Confinement confinement, PythonSettings settings) {
        this.confinement = confinement;
        this.settings = settings;
    }

    @Override
    public List<Language> languages() {
        return List.of(PYTHON);
    }

    @Override
    public Optional<String> unavailable() {
        return runtime().isPresent() ? Optional.empty() : Optional.of(why());
    }

    private String why() {
        Missing known = missing;
        return known == null ? MISSING : known.why();
    }

    /** Beside a script that lies in a tree may stand the packages that it needs; those that its record names come first. */
    @Override
    public Gathering gather(SourceSet entry, Tree tree) {
        if (entry.path().isEmpty() || entry.siblings().containsKey(REQUIREMENTS)) {
            return new Gathering.Whole(entry);
        }
        String folder = entry.path().substring(0, entry.path().lastIndexOf('/') + 1);
        return switch (tree.leaf(folder + REQUIREMENTS)) {
            case Tree.Leaf.Text(String packages) -> new Gathering.Whole(entry.with(Map.of(REQUIREMENTS, packages)));
            case Tree.Leaf.None none -> new Gathering.Whole(entry);
        };
    }

    @Override
    public Compilation compile(SourceSet source) {
        Optional<PythonRuntime> known = runtime();
        return known.isPresent()
                ? new PythonCompiler(known.get()).compile(source)
                : new Compilation.Refused(why(), 0, 0);
    }

    private Optional<PythonRuntime> runtime() {
        PythonRuntime known = runtime;
        if (known != null) {
            return Optional.of(known);
        }
        Missing gone = missing;
        return gone != null && System.nanoTime() - gone.until() < 0 ? Optional.empty() : started();
    }

    private Optional<PythonRuntime> started() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the Python engine is closed");
            }
            if (runtime == null) {
                look();
            }
            return Optional.ofNullable(runtime);
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        Optional<Python> python = Python.find(settings.interpreter());
        Optional<String> refusal = python.isEmpty() ? Optional.of(MISSING) : confinement.refusal();
        if (refusal.isPresent()) {
            missing = new Missing(refusal.get(), System.nanoTime() + LOOK_AGAIN_NANOS);
        } else {
            runtime = new PythonRuntime(python.orElseThrow(), confinement, settings);
        }
    }

    /** Ends workers; runs under way end with them. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            PythonRuntime known = runtime;
            if (known != null) {
                known.close();
                runtime = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
