package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.Caller;
import io.sluice.engine.Engines;
import io.sluice.engine.PlatformCalls;
import io.sluice.observe.Observe;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The door of this room. Thread-safe. Signatures that other rooms already use; the script helper completes it. */
public final class Scripts implements AutoCloseable {
    public Scripts(Store store, Engines engines, Services services, Observe observe, Clock clock) {
        throw new UnsupportedOperationException("to be written " + store + engines + services + observe + clock);
    }

    /** The scope of a call off the wire, on the release of now. */
    public RunScope open(Function<RunScope, PlatformCalls> calls) {
        throw new UnsupportedOperationException("to be written " + calls);
    }

    /** Whether any active event script is named after that service. Costs nothing; asked by every call. */
    public boolean listensTo(String service) {
        throw new UnsupportedOperationException("to be written " + service);
    }

    /** Whether that script exists and is active. */
    public boolean isActive(ScriptId id) {
        throw new UnsupportedOperationException("to be written " + id);
    }

    /**
     * Runs a script: from the cache, or after its first fetch, under its limits. {@code event} is changed in place.
     *
     * @param caller whose call it serves; the script sees the session without its secrets
     */
    public Ran run(ScriptId id, RunScope scope, Caller caller, Map<String, @Nullable Object> event) {
        throw new UnsupportedOperationException("to be written " + id + scope + caller + event);
    }

    /** What came of running a script. */
    public sealed interface Ran {
        /** It ran. {@code returned}: the script gave a value back. */
        record Completed(
                ScriptDefinition script,
                boolean returned,
                @Nullable Object value) implements Ran {}

        /** It threw, hit a limit, or cannot be loaded and may not be skipped. */
        record Failed(ApiError error) implements Ran {}

        /** Its text cannot be had and its record says {@code skip}; logged. */
        record Skipped(String why) implements Ran {}
    }

    @Override
    public void close() {}
}
