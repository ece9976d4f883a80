package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.None;
import io.sluice.outbound.OutboundReply.Why;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A configured host gave no answer. The message is one sentence without its full stop, names the host and shows no address or credentials. */
public final class HostFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Why why;

    private HostFailure(Why why, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    static HostFailure of(None none, @Nullable Throwable cause) {
        String message = none.message();
        return new HostFailure(
                none.why(), message.endsWith(".") ? message.substring(0, message.length() - 1) : message, cause);
    }

    public Why why() {
        return why;
    }
}
