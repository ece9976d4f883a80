package io.sluice.service.script;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.ResourcePath;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.script.EventData;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one script to GET, for a time, up to a size. Kept apart for every person, role, app and accepted form, and for every
 * version of the script: nobody is given what was made for another, nor what was made before roles, apps or services changed.
 * Thread-safe.
 */
final class KeptAnswers {
    private static final int MOST_IN_ALL = 16 << 20;
    private static final int LARGEST = 1 << 20;
    /** They say who calls, which the key holds anyway, or are there to get past caches that no longer are. */
    private static final Set<String> NO_MATTER = Set.of("api_key", "session_token", "script_token", "_");

    private final Cache<Key, ServiceResult> kept;

    KeptAnswers(Duration ttl, Ticker ticker) {
        this.kept = Caffeine.newBuilder()
                .maximumWeight(MOST_IN_ALL)
                .weigher((Key key, ServiceResult result) -> key.weight() + weight(result))
                .expireAfterWrite(ttl)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Whose answer to what. */
    record Key(
            long age,
            int version,
            ResourcePath path,
            Map<String, Object> parameters,
            String accept,
            Optional<Caller.Person> person,
            Optional<Caller.Role> role,
            Optional<Caller.App> app,
            boolean unrestricted) {
        int weight() {
            return 200 + 2 * (path.text().length() + parameters.toString().length());
        }
    }

    /**
     * Empty for what is never kept: anything but a GET.
     *
     * @param age of roles, apps and services when the call began: what was answered by older ones is not found
     */
    static Optional<Key> key(ServiceRequest request, int version, long age) {
        if (request.verb() != Verb.GET) {
            return Optional.empty();
        }
        Map<String, Object> parameters =
                new LinkedHashMap<>(request.parameters().asMap());
        parameters.keySet().removeAll(NO_MATTER);
        Caller caller = request.caller();
        return Optional.of(new Key(
                age,
                version,
                request.resource(),
                parameters,
                request.format() + " " + request.headers().first("accept").orElse(""),
                caller.person(),
                caller.role(),
                caller.app(),
                caller.unrestricted()));
    }

    Optional<ServiceResult> find(Key key) {
        return Optional.ofNullable(kept.getIfPresent(key)).map(KeptAnswers::own);
    }

    /** Keeps it if it is a success of bearable size. */
    void keep(Key key, ServiceResult result) {
        if (result.status() >= 200 && result.status() < 300 && weight(result) <= LARGEST) {
            kept.put(key, own(result));
        }
    }

    void forget() {
        kept.invalidateAll();
    }

    /** Event scripts change answers in place. */
    private static ServiceResult own(ServiceResult result) {
        return result.content() instanceof Content.Tree(@Nullable Object value)
                ? new ServiceResult(
                        result.status(),
                        new Content.Tree(EventData.copy(value)),
                        result.contentType(),
                        Map.copyOf(result.headers()))
                : result;
    }

    private static int weight(ServiceResult result) {
        return result.content() instanceof Content.Tree(@Nullable Object value)
                ? (int) Math.min(Integer.MAX_VALUE / 2, weight(value))
                : LARGEST + 1;
    }

    private static long weight(@Nullable Object value) {
        long weight = 24;
        switch (value) {
            case String text -> weight += 2L * text.length();
            case byte[] bytes -> weight += bytes.length;
            case List<?> list -> {
                for (Object item : list) {
                    weight += weight(item);
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    weight += 2L * String.valueOf(entry.getKey()).length() + weight(entry.getValue());
                }
            }
            case null, default -> {}
        }
        return weight;
    }
}
