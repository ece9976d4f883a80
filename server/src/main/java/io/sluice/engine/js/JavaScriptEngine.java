package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.Gathering;
import io.sluice.engine.Language;
import io.sluice.engine.ScriptEngine;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs JavaScript on GraalJS, sandboxed. Costs nothing before the first text is compiled; that first one takes a second or two. */
public final class JavaScriptEngine implements ScriptEngine {
    private static final Language NODEJS = new Language(
            "nodejs",
            "Node.js",
            "JavaScript, run inside the server in a sandbox: no files, no network; platform.api is the way out. It imports files"
                    + " that lie beside it, and packages without Node.js built-ins.",
            true,
            List.of("v8js"));
    static final String TYPESCRIPT = "typescript";
    private static final Language TYPED = new Language(
            TYPESCRIPT,
            "TypeScript",
            "As Node.js here, with types, which are taken out and not checked.",
            true,
            List.of());

    private final JsSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable JsRuntime runtime;
    private boolean closed;

    public JavaScriptEngine(JsSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Language> languages() {
        return List.of(NODEJS, TYPED);
    }

    @Override
    public Gathering gather(SourceSet entry, Tree tree) {
        return new Gatherer(entry, tree).gather();
    }

    @Override
    public Compilation compile(SourceSet source) {
        return runtime().compile(source);
    }

    @Override
    public boolean warm() {
        SourceSet nothing = new SourceSet("(warm)", NODEJS.name(), "", Map.of());
        if (compile(nothing) instanceof Compilation.Compiled(JsProgram program)) {
            program.warm();
            program.close();
            return true;
        }
        return false;
    }

    private JsRuntime runtime() {
        JsRuntime known = runtime;
        return known != null ? known : started();
    }

    private JsRuntime started() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the JavaScript engine is closed");
            }
            JsRuntime known = runtime;
            if (known == null) {
                known = JsRuntime.start(settings);
                runtime = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Ends runs under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            JsRuntime known = runtime;
            if (known != null) {
                known.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
