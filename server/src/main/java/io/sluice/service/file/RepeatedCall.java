package io.sluice.service.file;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import io.sluice.outbound.OutboundReply;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sends a call to a store that speaks HTTP, once more when its connection turns out to be broken, as one that was kept from an earlier call
 * may be. Only what does no more when it is done twice.
 */
public final class RepeatedCall {
    private static final int TRIES = 3;
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PROPFIND", "PUT", "DELETE");

    private RepeatedCall() {}

    /**
     * @param call makes the call anew for each try
     * @throws StoreFailure when there is no answer
     */
    public static HostReply send(HostClient client, Supplier<HostCall> call) throws IOException {
        for (int tries = 1; ; tries++) {
            HostCall made = call.get();
            try {
                return client.send(made);
            } catch (HostFailure e) {
                boolean broken = e.why() == OutboundReply.Why.FAILED && REPEATABLE.contains(made.method());
                if (!broken || tries == TRIES) {
                    throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
                }
            }
        }
    }
}
