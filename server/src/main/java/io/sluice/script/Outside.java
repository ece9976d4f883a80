package io.sluice.script;

import io.sluice.engine.PlatformCalls.KeyValues;
import io.sluice.outbound.OutboundClient;
import io.sluice.service.OutboundRule;

/**
 * What scripts reach beyond the API.
 *
 * @param client calls other hosts
 * @param allowed what the server's settings let scripts call beside public addresses
 * @param store keeps their values
 */
record Outside(OutboundClient client, OutboundRule allowed, KeyValues store) {

    /** The server's rule and what the script's record lists. Records are checked when they are saved. */
    OutboundRule rule(ScriptDefinition script) {
        return allowed.and(script.outbound());
    }
}
