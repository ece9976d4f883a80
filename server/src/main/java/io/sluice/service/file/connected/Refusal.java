package io.sluice.service.file.connected;

import java.io.IOException;

/** The server said no for a reason that is no business of callers; the log tells. The connection goes on. */
public final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    public Refusal(String why) {
        super(why);
    }
}
