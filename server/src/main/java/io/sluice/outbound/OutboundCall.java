package io.sluice.outbound;

import java.util.Map;

/**
 * One call. Whatever is wrong with it is said in the reply.
 *
 * @param address as a script gave it; a name and password in it become an Authorization header
 * @param headers those that belong to the connection or the length are left out
 * @param body empty for none
 * @param redirects how many are followed; after the last one the redirect itself is the reply
 */
public record OutboundCall(String method, String address, Map<String, String> headers, byte[] body, int redirects) {

    public static final int MOST_REDIRECTS = 10;
}
