package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Body;
import io.sluice.api.Headers;
import io.sluice.api.RawExchange;
import io.sluice.encode.Encoder;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Every request comes through here, on a virtual thread of its own: read, find the route, answer, tell. */
final class CallHandler extends Handler.Abstract {
    private static final String INTERNAL = "Internal error.";

    private final List<Route> routes;
    private final CrossOrigin crossOrigin;
    private final BodyReader bodies;
    private final Encoder encoder = new Encoder();
    private final Observe observe;
    private final Supplier<String> ids;

    CallHandler(
            List<Route> routes, CrossOrigin crossOrigin, HttpSettings settings, Observe observe, Supplier<String> ids) {
        this.routes = List.copyOf(routes);
        this.crossOrigin = crossOrigin;
        this.bodies = new BodyReader(settings);
        this.observe = observe;
        this.ids = ids;
    }

    /** What is known of a call before it is read. */
    private record Call(String id, String verb, String path, String query) {
        String target() {
            return MaskedTarget.of(path, query);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long began = System.nanoTime();
        HttpURI uri = request.getHttpURI();
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        Call call = new Call(ids.get(), request.getMethod(), path(uri), query);
        int status = answer(call, request, response, callback);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        observe.happened(new Observation.CallAnswered(
                call.id(), call.verb(), call.target(), status, took, Request.getRemoteAddr(request)));
        return true;
    }

    /** As sent; {@code OPTIONS *} and other odd forms have none. */
    private static String path(HttpURI uri) {
        String path = uri.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private int answer(Call call, Request request, Response response, Callback callback) {
        Optional<Route> route =
                routes.stream().filter(one -> one.matches(call.path())).findFirst();
        try {
            ApiResponse answer = ask(call, route, request, response);
            boolean sandboxed = route.map(Route::sandboxed).orElse(false);
            return send(
                    call,
                    new AnswerWriter(request, response, callback, encoder, answer, sandboxed),
                    request,
                    response,
                    callback);
        } catch (IOException callerGone) {
            callback.failed(callerGone);
            return 499;
        }
    }

    private ApiResponse ask(Call call, Optional<Route> route, Request request, Response response) throws IOException {
        try {
            if (route.map(Route::below).orElse(false)) {
                Optional<ApiResponse> preflight = crossOrigin.preflight(request, call.path(), response);
                if (preflight.isPresent()) {
                    return preflight.get();
                }
                crossOrigin.permit(request, call.path(), response);
            }
            OptionalInt admitted = route.flatMap(Route::admit)
                    .map(admit -> OptionalInt.of(admit.applyAsInt(exchange(call, request, Body.NONE))))
                    .orElseGet(OptionalInt::empty);
            return ask(call, route, request, response, bodies.take(request, admitted));
        } catch (ApiException e) {
            return ApiResponse.of(e);
        } catch (RuntimeException | Error e) {
            return failed(call, e);
        }
    }

    private ApiResponse ask(
            Call call, Optional<Route> route, Request request, Response response, BodyReader.Taken taken) {
        try {
            return route.orElseThrow(() -> ApiException.notFound("There is nothing at this address."))
                    .answer()
                    .apply(exchange(call, request, taken.body()));
        } finally {
            bodies.end(taken, response);
        }
    }

    private static RawExchange exchange(Call call, Request request, Body body) {
        Headers.Builder headers = Headers.builder();
        for (HttpField field : request.getHeaders()) {
            headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return new RawExchange(
                call.verb(), call.path(), call.query(), headers.build(), body, Request.getRemoteAddr(request));
    }

    private ApiResponse failed(Call call, Throwable cause) {
        observe.happened(new Observation.CallFailed(call.id(), call.verb(), call.target(), cause));
        return ApiResponse.of(new ApiException(ApiError.of(500, INTERNAL, Map.of("call", call.id()))));
    }

    /** Sends it; as long as nothing has left, an error takes its place, after that the connection is broken off. */
    private int send(Call call, AnswerWriter writer, Request request, Response response, Callback callback)
            throws IOException {
        ApiResponse instead;
        try {
            return writer.write();
        } catch (CallerStream.Gone e) {
            throw e;
        } catch (ApiException e) {
            instead = writer.begun() ? failed(call, e) : ApiResponse.of(e);
        } catch (IOException | RuntimeException | Error e) {
            instead = failed(call, e);
        }
        if (writer.begun()) {
            return BrokenAnswer.breakOff(request, callback);
        }
        return new AnswerWriter(request, response, callback, encoder, instead, false).write();
    }
}
