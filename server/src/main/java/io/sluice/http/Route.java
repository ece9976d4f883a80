package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.RawExchange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * An address of the server and what answers there.
 *
 * @param path from the first slash, as sent
 * @param below also everything below that path
 * @param sandboxed what is not made here (files, texts of scripts) must not act in the browser as if it were
 * @param admit asked before the body is read, with all of the request but that: how many bytes it may have; empty: as many as the server
 *     takes anywhere
 * @param answer blocks until the answer is ready to be written; expected failures are {@link ApiException}s
 */
public record Route(
        String path,
        boolean below,
        boolean sandboxed,
        Optional<ToIntFunction<RawExchange>> admit,
        Function<RawExchange, ApiResponse> answer) {

    /** The API, {@code /health/live}, {@code /health/ready}, {@code /status} and a page at {@code /}. */
    public static List<Route> standard(
            Function<RawExchange, ApiResponse> api, Supplier<? extends Map<String, ?>> status) {
        return List.of(
                tree("/api", api),
                page("/health/live", () -> json(Map.of("status", "up"))),
                page("/health/ready", () -> json(Map.of("status", "ready"))),
                page("/status", () -> json(status.get())),
                page("/", HomePage::answer));
    }

    /** That address and everything below it, any verb. */
    public static Route tree(String path, Function<RawExchange, ApiResponse> answer) {
        return new Route(path, true, true, Optional.empty(), answer);
    }

    /** The same for callers who are not trusted with the memory for a large body: {@code admit} decides on it, and may refuse it unread. */
    public static Route guarded(
            String path, ToIntFunction<RawExchange> admit, Function<RawExchange, ApiResponse> answer) {
        return new Route(path, true, true, Optional.of(admit), answer);
    }

    /** Exactly that address, GET and HEAD. */
    public static Route page(String path, Supplier<ApiResponse> answer) {
        return new Route(path, false, false, Optional.empty(), exchange -> {
            if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
                ApiError error = ApiError.of(405, "This address can only be read, with GET or HEAD.");
                throw new ApiException(error, Map.of("Allow", "GET, HEAD"), null);
            }
            return answer.get();
        });
    }

    /** 200 with that object. */
    public static ApiResponse json(Map<String, ?> object) {
        return new ApiResponse(200, Map.of(), new Content.Tree(object), Format.JSON, false);
    }

    boolean matches(String rawPath) {
        return rawPath.equals(path) || below && rawPath.startsWith(path) && rawPath.charAt(path.length()) == '/';
    }
}
