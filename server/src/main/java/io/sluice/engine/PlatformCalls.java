package io.sluice.engine;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers what {@code platform} can do. Made anew for each run, so it knows whose call is served and how deep it is. */
public interface PlatformCalls {
    /** Makes the call on the calling thread. Errors are answers with their status, never exceptions. */
    Answer call(Request request);

    /**
     * Calls another host and hands over what came as it came: for {@code fetch}. Redirects are followed. Called by several threads at
     * once; an interrupt ends it.
     */
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
     * @param options cURL options by name or number, for absolute addresses only
     */
    record Request(
            String method,
            String path,
            @Nullable Object payload,
            Map<String, @Nullable Object> parameters,
            Map<String, String> headers,
            Map<String, @Nullable Object> options) {

        private static final Pattern ABSOLUTE = Pattern.compile("\\s*https?://", Pattern.CASE_INSENSITIVE);

        public Request(
                String method,
                String path,
                @Nullable Object payload,
                Map<String, @Nullable Object> parameters,
                Map<String, String> headers) {
            this(method, path, payload, parameters, headers, Map.of());
        }

        /** Whether it goes to another host; this server's own address is one like any other. */
        public boolean outward() {
            return ABSOLUTE.matcher(path).lookingAt();
        }
    }

    /** The answer, content as data (maps, lists, scalars; text for what is no data). */
    record Answer(int status, String contentType, @Nullable Object content, Map<String, String> headers) {}

    /**
     * A call of another host.
     *
     * @param body empty for none
     * @param redirects how many are followed, at most 10; after the last the redirect itself is the answer
     * @param timeoutMillis for the whole call; never longer than the script's own time, 0 for all of that
     */
    record Outward(
            String method,
            String address,
            Map<String, String> headers,
            byte[] body,
            int redirects,
            long timeoutMillis) {

        public Outward(String method, String address, Map<String, String> headers, byte[] body) {
            this(method, address, headers, body, 10, 0);
        }
    }

    /** What came of it. */
    sealed interface Fetched {
        /** @param address the last one, after redirects; header names in lower case */
        record Answered(int status, String statusText, String address, Map<String, String> headers, byte[] body)
                implements Fetched {
            private static final Pattern CHARSET =
                    Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

            public String contentType() {
                return headers.getOrDefault("content-type", "");
            }

            /** The body in the charset that it says, else UTF-8. */
            public String text() {
                Matcher named = CHARSET.matcher(contentType());
                String charset = named.find() ? named.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
                try {
                    return new String(body, Charset.forName(charset));
                } catch (IllegalArgumentException unknown) {
                    return new String(body, StandardCharsets.UTF_8);
                }
            }
        }

        /**
         * There is no answer.
         *
         * @param status as {@code platform.api} tells it
         * @param reason for programs: {@code outbound_refused}, {@code outbound_failed}, {@code outbound_timeout}; empty for a call that
         *     cannot be sent
         * @param message in words for the script's author
         */
        record Refused(int status, String reason, String message) implements Fetched {
            public Refused(String message) {
                this(403, "outbound_refused", message);
            }
        }
    }

    /** Keys and values that outlive a run, shared by all scripts and all nodes. */
    interface KeyValues {
        /** How long a value is kept when the script does not say: a quarter of an hour. */
        long DEFAULT_SECONDS = 900;

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
