package io.sluice.call;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Format;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.RawExchange;
import io.sluice.api.RequestReader;
import io.sluice.api.ServiceResult;
import io.sluice.engine.PlatformCalls;
import io.sluice.event.EventScope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code platform.api} for the scripts of one call: each call is made as that call's caller, requestor SCRIPT, in process, with
 * the scope that the script runs in. Credentials that a script puts into headers or parameters are not looked at.
 */
final class NestedCall implements PlatformCalls {
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "MERGE", "HEAD");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final int MOST_BYTES = 16 << 20;
    private final Calls calls;
    private final Caller caller;
    private final EventScope scope;

    NestedCall(Calls calls, Caller caller, EventScope scope) {
        this.calls = calls;
        this.caller = caller;
        this.scope = scope;
    }

    @Override
    public Answer call(Request request) {
        try {
            return answer(calls.within(scope, read(request), caller, Format.JSON));
        } catch (ApiException e) {
            return new Answer(e.error().status(), "application/json", e.error().envelope(), e.headers());
        }
    }

    private static ApiRequest read(Request request) {
        if (ADDRESS.matcher(request.path()).lookingAt()) {
            throw ApiException.badRequest("Other hosts are called by http or https only.");
        }
        if (!VERBS.contains(request.method().toUpperCase(Locale.ROOT))) {
            throw new ApiException(ApiError.of(405, "There is no verb '" + request.method() + "'."));
        }
        int query = request.path().indexOf('?');
        String path = query < 0 ? request.path() : request.path().substring(0, query);
        ApiRequest read = RequestReader.read(new RawExchange(
                request.method().toUpperCase(Locale.ROOT),
                "/api/v2/" + belowApi(path).replace(" ", "%20"),
                query < 0 ? "" : request.path().substring(query + 1),
                Headers.NONE,
                new byte[0],
                "script"));
        return new ApiRequest(
                read.verb(),
                read.version(),
                read.service(),
                read.resource(),
                Parameters.of(withAdded(read.parameters(), request.parameters())),
                Headers.of(request.headers()),
                body(request.payload()),
                read.uri(),
                read.remoteAddress(),
                read.headOnly());
    }

    private static String belowApi(String path) {
        String below = path.startsWith("/") ? path.substring(1) : path;
        return below.startsWith("api/v2/") ? below.substring("api/v2/".length()) : below;
    }

    /** What the script gave beside the path stands under what the path says. */
    private static Map<String, Object> withAdded(Parameters ofPath, Map<String, @Nullable Object> added) {
        Map<String, Object> all = new HashMap<>();
        added.forEach((name, value) -> {
            if (value != null) {
                all.put(name, value instanceof Map || value instanceof Iterable ? value : value.toString());
            }
        });
        all.putAll(ofPath.asMap());
        return all;
    }

    private static Body body(@Nullable Object payload) {
        return switch (payload) {
            case null -> Body.NONE;
            case String text when text.isEmpty() -> Body.NONE;
            case String text -> Body.raw(text.getBytes(StandardCharsets.UTF_8), "");
            default -> Body.of(payload);
        };
    }

    private static Answer answer(ServiceResult result) {
        String type = result.contentType() == null ? "application/json" : result.contentType();
        return switch (result.content()) {
            case Content.Tree tree -> new Answer(result.status(), type, tree.value(), result.headers());
            case Content.Rows rows ->
                new Answer(result.status(), type, Drained.of(rows).value(), result.headers());
            case Content.Bytes bytes -> new Answer(result.status(), bytes.contentType(), text(bytes), result.headers());
        };
    }

    private static String text(Content.Bytes bytes) {
        try (InputStream in = bytes.source().open()) {
            byte[] read = in.readNBytes(MOST_BYTES + 1);
            if (read.length > MOST_BYTES) {
                throw new ApiException(ApiError.of(
                        413,
                        "The content is larger than the " + (MOST_BYTES >> 20) + " MiB that a script may take in."));
            }
            return new String(read, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ApiException(ApiError.of(500, "The content could not be read to its end."), e);
        }
    }
}
