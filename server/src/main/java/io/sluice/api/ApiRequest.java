package io.sluice.api;

/**
 * One call of the API, read but not yet authorised.
 *
 * @param verb after the override of a POST
 * @param version as in the address, without the {@code v}: {@code 2}
 * @param service name in lower case; empty for the root index
 * @param uri path and query as sent, for scripts
 * @param headOnly a HEAD: answered like GET without the body
 */
public record ApiRequest(
        Verb verb,
        String version,
        String service,
        ResourcePath resource,
        Parameters parameters,
        Headers headers,
        Body body,
        String uri,
        String remoteAddress,
        boolean headOnly) {}
