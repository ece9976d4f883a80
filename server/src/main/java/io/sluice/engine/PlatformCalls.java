package io.sluice.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers {@code platform.api}. Made anew for each run, so it knows whose call is served and how deep it is. */
public interface PlatformCalls {
    /** Makes the call on the calling thread. Errors are answers with their status, never exceptions. */
    Answer call(Request request);

    /**
     * A call that a script makes.
     *
     * @param method as the script gave it
     * @param path {@code service/resource?query}, a leading slash or {@code /api/v2/} allowed, or an absolute address
     * @param payload maps, lists, text or null
     * @param parameters added to those of the path
     */
    record Request(
            String method,
            String path,
            @Nullable Object payload,
            Map<String, @Nullable Object> parameters,
            Map<String, String> headers) {}

    /** The answer, content as data (maps, lists, scalars; text for what is no data). */
    record Answer(int status, String contentType, @Nullable Object content, Map<String, String> headers) {}
}
