package io.sluice.engine.js;

import io.sluice.engine.PlatformCalls.KeyValues;
import java.util.Optional;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** {@code platform.store} of one run. Confined to the run's thread. */
final class StoreCalls {
    private final KeyValues values;
    private final View view;
    private final Watch watch;

    StoreCalls(KeyValues values, View view, Watch watch) {
        this.values = values;
        this.view = view;
        this.watch = watch;
    }

    /** Arguments as in {@code prelude.js}: key, what stands for a missing value. */
    @Nullable
    Object get(Value... arguments) {
        begin();
        try {
            Optional<Object> found = values.get(arguments[0].asString());
            return found.isPresent() ? view.show(found.get()) : arguments[1];
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw refused(e);
        } finally {
            watch.calling(false);
        }
    }

    /** Key, value, seconds. */
    @Nullable
    Object set(Value... arguments) {
        @Nullable Object value = settled(arguments[1]);
        long seconds = arguments[2].isNull() ? KeyValues.DEFAULT_SECONDS : seconds(arguments[2]);
        begin();
        try {
            values.set(arguments[0].asString(), value, seconds);
            return null;
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw refused(e);
        } finally {
            watch.calling(false);
        }
    }

    Object delete(Value... arguments) {
        begin();
        try {
            return values.delete(arguments[0].asString());
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw refused(e);
        } finally {
            watch.calling(false);
        }
    }

    private void begin() {
        StackRoom.leave(view);
        watch.calling(true);
    }

    private RuntimeException refused(RuntimeException e) {
        return view.error("Error", String.valueOf(e.getMessage()));
    }

    private long seconds(Value value) {
        if (!value.isNumber() || !value.fitsInDouble()) {
            throw view.error("TypeError", "The lifetime of a value in platform.store is a number of seconds.");
        }
        return (long) value.asDouble();
    }

    private @Nullable Object settled(Value value) {
        try {
            return Settle.copy(view, watch).value(value);
        } catch (Settle.Stop e) {
            throw view.error("TypeError", "The value cannot be kept. " + e.getMessage());
        }
    }
}
