package io.sluice.engine.python;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.Frames;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A CPython that runs {@code worker.py}. Used by one run at a time. */
final class PythonWorker implements WorkerPool.Worker {
    private static final int LONGEST_MESSAGE = 64 << 20;

    private final Child child;
    private final Frames frames;
    private byte @Nullable [] script;
    private int run;

    /** @param script told before the first run; empty for a worker that compiles */
    PythonWorker(Child child, byte[] script) {
        this.child = child;
        this.frames = new Frames(child, LONGEST_MESSAGE);
        this.script = script.length == 0 ? null : script;
    }

    Child child() {
        return child;
    }

    Frames frames() {
        return frames;
    }

    /** Sends what begins a run; answers its number. */
    int begin(char kind, byte[]... parts) throws IOException {
        byte[] untold = script;
        if (untold != null) {
            frames.send('S', 0, untold);
            script = null;
        }
        frames.send(kind, ++run, parts);
        return run;
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public void close() {
        child.kill();
    }
}
