package io.sluice.service.file.swift;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The identity APIs that there are, told from {@code auth_version}, else from the address. */
enum AuthVersion {
    V1("1", "v1(\\.0)?", "/auth/v1.0", ""),
    V2("2", "v2(\\.0)?", "/v2.0", "/tokens"),
    V3("3", "v3", "/v3", "/auth/tokens");

    private static final Pattern WRITTEN = Pattern.compile("v?(\\d)(\\.0)?");

    private final String number;
    private final Pattern inPath;
    private final String path;
    private final String logins;

    AuthVersion(String number, String inPath, String path, String logins) {
        this.number = number;
        this.inPath = Pattern.compile("/" + inPath + "(/|$)");
        this.path = path;
        this.logins = logins;
    }

    static AuthVersion of(ServiceDefinition definition, URI url) {
        return definition
                .text("auth_version")
                .map(AuthVersion::written)
                .or(() -> in(url))
                .orElseThrow(() -> ApiException.badRequest(
                        "The url does not tell the version of the identity service: let it end in /v3, /v2.0 or"
                                + " /auth/v1.0, or set auth_version to 3, 2 or 1."));
    }

    private static AuthVersion written(String text) {
        var found = WRITTEN.matcher(text.strip());
        for (AuthVersion version : values()) {
            if (found.matches() && found.group(1).equals(version.number)) {
                return version;
            }
        }
        throw ApiException.badRequest("The auth_version must be 1, 2 or 3.");
    }

    private static Optional<AuthVersion> in(URI url) {
        for (AuthVersion version : values()) {
            if (version.isIn(url)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private boolean isIn(URI url) {
        return inPath.matcher(String.valueOf(url.getRawPath())).find();
    }

    /** Where logins are asked for, below a configured address that may lack the version. */
    URI logins(URI url) {
        return URI.create(url + (isIn(url) ? "" : path) + logins);
    }
}
