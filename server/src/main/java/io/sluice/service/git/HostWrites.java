package io.sluice.service.git;

import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.HookMaker.Made;
import java.net.URI;

/** The two things that are written at hosts with an API. Refusals say which right the token needs. Thread-safe. */
interface HostWrites {
    /** Puts a status beside a commit, in place of an earlier one of the same context. */
    void tell(Spot spot, String commit, Status status) throws NotRead;

    /** Makes the webhook for pushes, or brings the one with that address up to date. */
    Made.Ready make(Spot spot, URI address, String secret) throws NotRead;
}
