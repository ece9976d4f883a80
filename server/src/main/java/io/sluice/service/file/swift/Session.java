package io.sluice.service.file.swift;

import io.sluice.api.ApiException;
import io.sluice.outbound.HostClient;
import io.sluice.service.BaseUrl;
import io.sluice.service.file.StoreFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a login gives.
 *
 * @param client trusts the host of the storage
 * @param storage the address of the account, without a slash at its end
 * @param end when the token ends, if that was told
 */
record Session(HostClient client, String storage, String token, Optional<Instant> end) {
    /** A token is not used for a call that may outlast it. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /**
     * @param client that of the identity service
     * @param identity its address
     * @param storage as it was told
     */
    static Session at(HostClient client, URI identity, String storage, String token, Optional<Instant> end)
            throws StoreFailure {
        URI address = address(storage);
        if (isSecure(identity) && !isSecure(address)) {
            throw StoreFailure.denied(
                    "its identity service is at an https address but names an http address for the storage,"
                            + " where the token could be read by others",
                    null);
        }
        return new Session(client.trusting(host(address)), address.toString(), token, end);
    }

    private static boolean isSecure(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static URI address(String storage) throws StoreFailure {
        try {
            return BaseUrl.web(storage, "address of the storage");
        } catch (ApiException e) {
            throw StoreFailure.denied("its identity service names no valid address for the storage", e);
        }
    }

    private static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    boolean holdsAt(Instant now) {
        return end.isEmpty() || now.isBefore(end.get().minus(MARGIN));
    }
}
