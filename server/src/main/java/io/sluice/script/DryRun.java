package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.engine.Run.Printed;
import io.sluice.engine.Where;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What came of a dry run.
 *
 * @param error what the caller would be told; present unless the script completed
 * @param where the place of the error
 * @param returned whether the script gave a value back, and {@code value} which
 * @param event as the script left it
 * @param calls what it asked of {@code platform.api} and {@code fetch}, in order
 * @param store what {@code platform.store} held in the end
 */
public record DryRun(
        Ending ending,
        Optional<ApiError> error,
        Where where,
        boolean returned,
        @Nullable Object value,
        Map<String, @Nullable Object> event,
        List<Printed> console,
        List<Call> calls,
        Map<String, @Nullable Object> store,
        Duration took) {

    /** How it ended. */
    public enum Ending {
        COMPLETED,
        /** It returned an {@code error}. */
        FAILED,
        THREW,
        /** By a limit. */
        STOPPED,
        /** It does not compile, or no engine here knows its language; nothing ran. */
        REFUSED;

        /** As answers spell it: {@code completed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A call that the script made.
     *
     * @param path without its query and without {@code /api/v2/}, or an absolute address
     * @param stub the number from 0 of the stub that answered; empty when none did
     * @param status of the answer
     */
    public record Call(
            String method,
            String path,
            Map<String, String> parameters,
            @Nullable Object payload,
            OptionalInt stub,
            int status) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
