package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.MediaType;
import io.sluice.engine.OutwardForm;
import io.sluice.engine.PlatformCalls;
import io.sluice.outbound.OutboundCall;
import io.sluice.outbound.OutboundReply;
import io.sluice.service.OutboundRule;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers what leaves this server: calls of absolute addresses, {@code fetch} and {@code platform.store}; passes the rest on. Other
 * hosts are called under the rule of the server and of the script's record, within the script's time. Thread-safe.
 */
final class OutsideCalls implements PlatformCalls {
    private static final long LATER_NANOS = 5_000_000;

    private final Outside outside;
    private final ScriptDefinition script;
    private final long deadlineNanos;
    private final PlatformCalls inside;

    OutsideCalls(Outside outside, ScriptDefinition script, long deadlineNanos, PlatformCalls inside) {
        this.outside = outside;
        this.script = script;
        this.deadlineNanos = deadlineNanos;
        this.inside = inside;
    }

    @Override
    public Answer call(Request request) {
        if (!request.outward()) {
            return inside.call(request);
        }
        try {
            return answer(fetch(OutwardForm.of(request)));
        } catch (IllegalArgumentException e) {
            return error(ApiError.of(400, String.valueOf(e.getMessage())), Map.of());
        }
    }

    @Override
    public Fetched fetch(Outward request) {
        try {
            return fetched(request, outside.rule(script));
        } catch (IllegalArgumentException e) {
            // A record of before entries were checked.
            return new Fetched.Refused("Field 'outbound' of the script " + script.id() + ": " + e.getMessage());
        }
    }

    private Fetched fetched(Outward request, OutboundRule rule) {
        OutboundCall call = new OutboundCall(
                request.method(), request.address(), request.headers(), request.body(), request.redirects());
        return switch (outside.client().send(call, rule, deadline(request))) {
            case OutboundReply.Answered(var status, var text, var address, var headers, var body) ->
                new Fetched.Answered(status, text, address, headers, body);
            case OutboundReply.None(var why, var message) ->
                switch (why) {
                    case MALFORMED -> new Fetched.Refused(400, "", message);
                    case REFUSED -> new Fetched.Refused(403, "outbound_refused", message);
                    case FAILED -> new Fetched.Refused(502, "outbound_failed", message);
                    case TIMEOUT -> new Fetched.Refused(504, "outbound_timeout", message);
                };
        };
    }

    /** One that lasts until the run's time is over ends after it, so that the run ends by its limit, not by the failed call. */
    private long deadline(Outward request) {
        long left = deadlineNanos + LATER_NANOS - System.nanoTime();
        long asked = request.timeoutMillis() <= 0 ? left : TimeUnit.MILLISECONDS.toNanos(request.timeoutMillis());
        return System.nanoTime() + Math.min(left, asked);
    }

    @Override
    public KeyValues store() {
        return outside.store();
    }

    /** A status of 300 or more is an error with what the host said as its message. */
    private static Answer answer(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Refused(int status, String reason, String message) ->
                error(
                        reason.isEmpty() ? ApiError.of(status, message) : ApiError.because(status, reason, message),
                        Map.of());
            case Fetched.Answered answered
            when answered.status() >= 300 ->
                error(ApiError.of(answered.status(), message(answered)), answered.headers());
            case Fetched.Answered answered ->
                new Answer(answered.status(), answered.contentType(), content(answered), answered.headers());
        };
    }

    private static Answer error(ApiError error, Map<String, String> headers) {
        return new Answer(error.status(), "application/json", error.envelope(), headers);
    }

    private static String message(Fetched.Answered answered) {
        String text = answered.text();
        return text.isBlank() ? answered.statusText() : text;
    }

    private static @Nullable Object content(Fetched.Answered answered) {
        if (answered.body().length > 0 && MediaType.of(answered.contentType()).isJson()) {
            try {
                return Body.raw(answered.body(), "application/json").payload();
            } catch (ApiException notJson) {
                // It says that it is JSON and is not: then it is text.
            }
        }
        return answered.text();
    }
}
