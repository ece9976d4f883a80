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

    /** The request that an answer asks for by redirecting. */
    Optional<Hop> after(Answered answer) {
        return switch (answer.status()) {
            case 301, 302 -> location(answer).map(to -> to(to, method.equals("POST")));
            case 303 -> location(answer).map(to -> to(to, !method.equals("HEAD")));
            case 307, 308 -> location(answer).map(to -> to(to, false));
            default -> Optional.empty();
        };
    }

    private Optional<Target> location(Answered answer) {
        return Optional.ofNullable(answer.headers().get("location")).map(target::redirected);
    }

    private Hop to(Target next, boolean asGet) {
        SentHeaders kept = next.origin().equals(target.origin()) ? headers : headers.withoutCredentials();
        return asGet ? new Hop("GET", next, kept.withoutContent(), NO_BODY) : new Hop(method, next, kept, body);
    }
}
