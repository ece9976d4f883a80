package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.CorsRule;
import io.sluice.api.Format;
import io.sluice.api.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * What browsers ask on behalf of pages of other origins (CORS). Only the API is ever open to them.
 *
 * @param rules the rule for a path, the leading slash left out
 */
record CrossOrigin(Function<String, Optional<CorsRule>> rules) {
    private static final String ALLOW = "Access-Control-Allow-";

    /** The answer to a browser that asks before it calls; empty for anything else. Headers are put on the response. */
    Optional<ApiResponse> preflight(Request request, String path, Response response) {
        String method = request.getHeaders().get("Access-Control-Request-Method");
        if (!request.getMethod().equals("OPTIONS") || method == null) {
            return Optional.empty();
        }
        CorsRule rule = rules.apply(path.substring(1))
                .orElseThrow(() ->
                        refused("No other origin may call this address: there is no record of system/cors for it."));
        putOrigin(request, rule, response);
        putAllowed(request, rule, response);
        if (!Verb.parse(method).filter(rule.verbs()::contains).isPresent()) {
            throw refused("Method not allowed");
        }
        return Optional.of(new ApiResponse(204, Map.of(), Content.Tree.NULL, Format.JSON, false));
    }

    private static ApiException refused(String why) {
        return new ApiException(ApiError.of(405, why));
    }

    /** For a call itself: who may read the answer. */
    void permit(Request request, String path, Response response) {
        if (request.getHeaders().get("Origin") == null) {
            return;
        }
        rules.apply(path.substring(1)).ifPresent(rule -> {
            putOrigin(request, rule, response);
            if (!rule.exposed().isEmpty()) {
                response.getHeaders().put("Access-Control-Expose-Headers", String.join(", ", rule.exposed()));
            }
        });
    }

    private static void putOrigin(Request request, CorsRule rule, Response response) {
        String origin = request.getHeaders().get("Origin");
        HttpFields.Mutable headers = response.getHeaders();
        if (rule.echoes()) {
            headers.add("Vary", "Origin");
        }
        if (origin == null || !rule.allows(origin)) {
            return;
        }
        headers.put(ALLOW + "Origin", rule.echoes() ? origin : "*");
        if (rule.credentials()) {
            headers.put(ALLOW + "Credentials", "true");
        }
    }

    private static void putAllowed(Request request, CorsRule rule, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(
                ALLOW + "Methods",
                Arrays.stream(Verb.values())
                        .filter(rule.verbs()::contains)
                        .map(Verb::name)
                        .collect(Collectors.joining(", ")));
        String asked = request.getHeaders().get("Access-Control-Request-Headers");
        List<String> allowed = rule.headers();
        if (allowed.contains("*") && asked != null) {
            // A star would leave out Authorization, and counts for nothing where credentials come along.
            headers.put(ALLOW + "Headers", asked.toLowerCase(Locale.ROOT));
            headers.add("Vary", "Access-Control-Request-Headers");
        } else if (!allowed.isEmpty()) {
            headers.put(ALLOW + "Headers", String.join(", ", allowed).toLowerCase(Locale.ROOT));
        }
        if (rule.maxAge() > 0) {
            headers.put("Access-Control-Max-Age", rule.maxAge());
        }
    }
}
