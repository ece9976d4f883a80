package io.sluice.outbound;

import io.sluice.service.OutboundRule;
import java.io.IOException;
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

    private final Supplier<Wire> wire;
    private final OutboundRule rule;

    HostClient(Supplier<Wire> wire, OutboundRule rule) {
        this.wire = wire;
        this.rule = rule;
    }

    /** The same, trusting one more host: one that the configured host itself names as its own, such as a catalogue of endpoints does. */
    public HostClient trusting(String host) {
        return new HostClient(wire, rule.and(List.of(host)));
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
            throw HostFailure.of(
                    new OutboundReply.None(OutboundReply.Why.MALFORMED, String.valueOf(e.getMessage())), e);
        }
    }

    private HostReply followed(HostCall call, Hop first) throws IOException {
        Hop hop = first;
        for (int followed = 0; ; followed++) {
            HostReply reply = wire.get().stream(hop, call, rule);
            Optional<Hop> next =
                    call.content() == null && followed < MOST_REDIRECTS ? hop.after(reply) : Optional.empty();
            if (next.isEmpty()) {
                return reply;
            }
            reply.close();
            if (hop.target().secure() && !next.get().target().secure()) {
                throw HostFailure.of(
                        new OutboundReply.None(
                                OutboundReply.Why.REFUSED,
                                hop.target().host() + " redirects from https to http, which is not followed."),
                        null);
            }
            hop = next.get();
        }
    }

    /** Whether content of that length ends where it should. */
    static boolean complete(OptionalLong length, long sent) {
        return length.isEmpty() || length.getAsLong() == sent;
    }
}
