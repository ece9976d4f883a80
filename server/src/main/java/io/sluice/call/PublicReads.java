package io.sluice.call;

import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.ApiResponse;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.Parameters;
import io.sluice.api.RawExchange;
import io.sluice.api.RequestReader;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.PublicContent;
import io.sluice.service.Services;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /{service}/…}: what a service shows to anybody. These are no calls of the API: they have no caller, no rights are asked for
 * and no scripts run.
 */
public final class PublicReads {
    private static final byte[] DENIED =
            "Access denied, please contact your system administrator.".getBytes(StandardCharsets.UTF_8);

    private final Services services;

    public PublicReads(Services services) {
        this.services = services;
    }

    /** The content; 403 as plain text for what is not public, 404 where no service has public content. */
    public ApiResponse answer(RawExchange exchange) {
        boolean head = exchange.method().equals("HEAD");
        if (!head && !exchange.method().equals("GET")) {
            throw nothing();
        }
        ApiRequest request = read(exchange);
        return content(request.service())
                .publicly(asked(request))
                .map(result -> response(result, head))
                .orElseGet(() -> denied(head));
    }

    private static ApiRequest read(RawExchange exchange) {
        return RequestReader.read(new RawExchange(
                "GET",
                "/api/v2" + exchange.rawPath(),
                exchange.rawQuery(),
                exchange.headers(),
                Body.NONE,
                exchange.remoteAddress()));
    }

    private PublicContent content(String service) {
        Optional<Services.Running> running = services.find(service);
        if (running.isPresent() && running.get().service() instanceof PublicContent content) {
            return content;
        }
        throw nothing();
    }

    /** Of the parameters only {@code download} means something here. */
    private static ServiceRequest asked(ApiRequest request) {
        Map<String, Object> kept = request.parameters().flag("download") ? Map.of("download", "true") : Map.of();
        return new ServiceRequest(
                Verb.GET,
                request.version(),
                request.service(),
                request.resource(),
                Parameters.of(kept),
                request.headers(),
                Body.NONE,
                request.uri(),
                Caller.ANONYMOUS,
                Rights.ALL);
    }

    private static ApiResponse response(ServiceResult result, boolean head) {
        return new ApiResponse(result.status(), result.headers(), result.content(), Format.JSON, head);
    }

    private static ApiResponse denied(boolean head) {
        Content text =
                new Content.Bytes(() -> new ByteArrayInputStream(DENIED), DENIED.length, "text/plain; charset=utf-8");
        return new ApiResponse(403, Map.of(), text, Format.JSON, head);
    }

    private static ApiException nothing() {
        return ApiException.notFound("There is nothing at this address.");
    }
}
