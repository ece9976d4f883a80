package io.sluice.engine;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what {@code platform} can do. Made anew for each run, so it knows whose call is served and how deep it is. */
public interface PlatformCalls {
    /** Makes the call on the calling thread. Errors are answers with their status, never exceptions. */
    Answer call(Request request);

    /** Calls another host and hands over what came as it came: for {@code fetch}. Redirects are followed. */
    default Fetched fetch(Outward request) {
        return new Fetched.Refused("Calls to other hosts are not possible here.");
    }

    /** What {@code platform.store} keeps. */
    default KeyValues store() {
        return KeyValues.NONE;
    }

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

    /** A call of another host. The body is empty when there is none. */
    record Outward(String method, String address, Map<String, String> headers, byte[] body) {}

    /** What came of it. */
    sealed interface Fetched {
        /** @param address the last one, after redirects; header names in lower case */
        record Answered(int status, String statusText, String address, Map<String, String> headers, byte[] body)
                implements Fetched {}

        /** There is no answer; the message is in words for the script's author. */
        record Refused(String message) implements Fetched {}
    }

    /** Keys and values that outlive a run, shared by all scripts and all nodes. */
    interface KeyValues {
        KeyValues NONE = new KeyValues() {
            @Override
            public Optional<Object> get(String key) {
                return Optional.empty();
            }

            @Override
            public void set(String key, @Nullable Object value, long seconds) {
                throw new UnsupportedOperationException("platform.store is not to be had here");
            }

            @Override
            public boolean delete(String key) {
                return false;
            }
        };

        /** The value as maps, lists and scalars; empty when there is none or its time is over. */
        Optional<Object> get(String key);

        /**
         * Keeps a value in place of what was there.
         *
         * @param seconds how long it is kept, from 1
         * @throws IllegalArgumentException in words for the script's author: the value is too large, the key is empty
         */
        void set(String key, @Nullable Object value, long seconds);

        /** Whether there was one. */
        boolean delete(String key);
    }
}
