package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import io.sluice.service.OutboundRule;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Calls a configured host, streaming both ways. Redirects of calls without content are followed: each address is judged anew, and
 * another origin never sees credentials. Thread-safe; needs no closing.
 */
public final class HostClient {
    private static final int MOST_REDIRECTS = 5;

    /** What ends a stream is silence; this only bounds what could not happen. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Supplier<Wire> wire;
    private final OutboundRule rule;
    private final Duration longest;
    private final boolean staying;

    HostClient(Supplier<Wire> wire, OutboundRule rule) {
        this(wire, rule, LONGEST, false);
    }

    private HostClient(Supplier<Wire> wire, OutboundRule rule, Duration longest, boolean staying) {
        this.wire = wire;
        this.rule = rule;
        this.longest = longest;
        this.staying = staying;
    }

    /** The same, trusting one more host: one that the configured host itself names as its own, such as a catalogue of endpoints does. */
    public HostClient trusting(String host) {
        return new HostClient(wire, rule.and(List.of(host)), longest, staying);
    }

    /** The same, with an end to each call, redirects and the last byte of its answer included: silence alone does not end a trickle. */
    public HostClient within(Duration time) {
        return new HostClient(wire, rule, time, staying);
    }

    /** The same, refusing redirects to another origin than the one that was called. */
    public HostClient stayingAtItsOrigin() {
        return new HostClient(wire, rule, longest, true);
    }

    /**
     * Sends the call and returns when the head of the answer is there.
     *
     * @throws HostFailure when there is no answer
     * @throws IOException of the call's content, as it is
     */
    public HostReply send(HostCall call) throws IOException {
        try {
            return followed(call, Hop.first(call));
        } catch (MalformedCall e) {
            throw HostFailure.of(new None(Why.MALFORMED, String.valueOf(e.getMessage())), e);
        }
    }

    private HostReply followed(HostCall call, Hop first) throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        Hop hop = first;
        for (int followed = 0; ; followed++) {
            HostReply reply = wire.get().stream(hop, call, rule, deadline);
            Optional<Hop> next =
                    call.content() == null && followed < MOST_REDIRECTS ? after(hop, reply) : Optional.empty();
            if (next.isEmpty()) {
                return reply;
            }
            reply.close();
            judge(hop.target(), next.get().target());
            hop = next.get();
        }
    }

    private static Optional<Hop> after(Hop hop, HostReply reply) {
        try {
            return hop.after(reply);
        } catch (MalformedCall e) {
            reply.close();
            throw e;
        }
    }

    private void judge(Target from, Target to) throws HostFailure {
        if (from.secure() && !to.secure()) {
            throw refused(from, "redirects from https to http, which is not followed.");
        }
        if (staying && !to.origin().equals(from.origin())) {
            throw refused(from, "redirects to another host, which is not followed.");
        }
    }

    private static HostFailure refused(Target from, String what) {
        return HostFailure.of(new None(Why.REFUSED, from.host() + " " + what), null);
    }

    /** Whether content of that length ends where it should. */
    static boolean complete(OptionalLong length, long sent) {
        return length.isEmpty() || length.getAsLong() == sent;
    }
}
