package io.sluice.call;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.ApiResponse;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.Negotiation;
import io.sluice.api.RawExchange;
import io.sluice.api.RequestReader;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.event.EventScope;
import io.sluice.event.Events;
import io.sluice.service.Service;
import io.sluice.service.Services;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** Answers calls. Thread-safe; blocks the calling thread until the answer is ready to be written. */
public final class Calls {
    private final Access access;
    private final Services services;
    private final Events events;
    private final Idempotency idempotency;
    private final BiFunction<ApiRequest, Caller, ServiceResult> rootIndex;

    /**
     * @param rootIndex answers {@code GET /api/v2}
     */
    public Calls(
            Access access,
            Services services,
            Events events,
            Idempotency idempotency,
            BiFunction<ApiRequest, Caller, ServiceResult> rootIndex) {
        this.access = access;
        this.services = services;
        this.events = events;
        this.idempotency = idempotency;
        this.rootIndex = rootIndex;
    }

    /** The answer to a call off the wire. Expected failures are answers; anything else is thrown. */
    public ApiResponse handle(RawExchange exchange) {
        try {
            return answer(RequestReader.read(exchange));
        } catch (ApiException e) {
            ApiResponse error = ApiResponse.of(e);
            return new ApiResponse(
                    error.status(),
                    error.headers(),
                    error.content(),
                    error.format(),
                    exchange.method().equals("HEAD"));
        }
    }

    private ApiResponse answer(ApiRequest request) {
        Negotiation.Choice form = Negotiation.of(request);
        if (request.verb() != Verb.GET) {
            form.format(); // what cannot be answered as wanted must not be done
        }
        Caller caller = access.identify(request);
        ServiceResult result = request.service().isEmpty()
                ? rootIndex.apply(request, caller)
                : events(request, caller, form.found().orElse(Format.JSON));
        try {
            return response(request, form, result);
        } catch (ApiException e) {
            result.content().close();
            throw e;
        }
    }

    private ServiceResult events(ApiRequest request, Caller caller, Format format) {
        EventScope scope = events.open(inner -> new NestedCall(this, caller.asScript(), inner));
        Admitted call = admit(request, caller);
        return idempotency.once(call.request(), () -> around(scope, call, format));
    }

    /**
     * From {@code access} on; here a script's call comes in. Its idempotency is that of the call it serves: a key on it says
     * nothing.
     */
    ServiceResult within(EventScope scope, ApiRequest request, Caller caller, Format format) {
        return around(scope, admit(request, caller), format);
    }

    /** A call that may be made, and the service that will answer it. */
    private record Admitted(AuthorisedRequest request, Service service) {}

    private Admitted admit(ApiRequest request, Caller caller) {
        Optional<Services.Running> running = services.find(request.service());
        OptionalLong id =
                running.isPresent() ? OptionalLong.of(running.get().definition().id()) : OptionalLong.empty();
        AuthorisedRequest authorised = access.authorise(request, caller, id);
        if (running.isEmpty()) {
            throw ApiException.notFound("Could not find a service for " + request.service());
        }
        return new Admitted(authorised, running.get().service());
    }

    private ServiceResult around(EventScope scope, Admitted call, Format format) {
        return events.around(scope, call.request().forService(format), call.service());
    }

    private static ApiResponse response(ApiRequest request, Negotiation.Choice form, ServiceResult result) {
        Map<String, String> headers = new HashMap<>(result.headers());
        Format format = Format.JSON;
        if (result.contentType() != null) {
            headers.put("Content-Type", result.contentType());
        } else if (result.status() < 400 && !(result.content() instanceof Content.Bytes)) {
            headers.putAll(form.headers());
            format = form.format();
        }
        Content content =
                format.hasEnvelope() ? Wrapping.of(request.parameters()).apply(result.content()) : result.content();
        return new ApiResponse(result.status(), headers, content, format, request.headOnly());
    }
}
