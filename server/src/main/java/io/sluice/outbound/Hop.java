package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.Answered;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One request of a call: the first, or one that a redirect asks for. */
record Hop(String method, Target target, SentHeaders headers, byte[] body) {
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,30}");
    private static final Set<String> NEVER = Set.of("CONNECT", "TRACE", "TRACK");
    private static final byte[] NO_BODY = {};

    static Hop first(OutboundCall call) {
        String method = call.method().strip().toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(method).matches() || NEVER.contains(method)) {
            throw new MalformedCall("Other hosts cannot be called with the method '" + call.method() + "'.");
        }
        Target target = Target.parse(call.address());
        return new Hop(method, target, SentHeaders.of(call, target), call.body());
    }

    /** A request whose content is streamed, if it has any. Services know more methods than scripts may use. */
    static Hop first(HostCall call) {
        String method = call.method();
        if (!METHOD.matcher(method).matches() || NEVER.contains(method)) {
            throw new MalformedCall("There is no method '" + method + "'.");
        }
        Target target = Target.parse(call.address().toString());
        return new Hop(method, target, SentHeaders.of(call.headers(), target), NO_BODY);
    }

    /** The request that an answer asks for by redirecting. */
    Optional<Hop> after(Answered answer) {
        return after(answer.status(), Optional.ofNullable(answer.headers().get("location")));
    }

    Optional<Hop> after(HostReply reply) {
        return after(reply.status(), reply.header("location"));
    }

    private Optional<Hop> after(int status, Optional<String> location) {
        return switch (status) {
            case 301, 302 -> location.map(next -> to(next, method.equals("POST")));
            case 303 -> location.map(next -> to(next, !method.equals("HEAD")));
            case 307, 308 -> location.map(next -> to(next, false));
            default -> Optional.empty();
        };
    }

    private Hop to(String location, boolean asGet) {
        Target next = target.redirected(location);
        SentHeaders kept = next.origin().equals(target.origin()) ? headers : headers.withoutCredentials();
        return asGet ? new Hop("GET", next, kept.withoutContent(), NO_BODY) : new Hop(method, next, kept, body);
    }
}
