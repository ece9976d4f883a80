package io.sluice.service;

import io.sluice.api.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code base_url} of a service's config, judged when the service is saved. Nothing is resolved or called for it. */
public final class BaseUrl {
    private BaseUrl() {}

    /** Any address with a scheme. Messages never repeat it, since people paste credentials into addresses. */
    public static URI parse(String text) {
        return parse(text, "base_url");
    }

    private static URI parse(String text, String field) {
        try {
            URI uri = new URI(text.trim().replaceAll("/+$", ""));
            if (uri.getScheme() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw ApiException.badRequest("The " + field + " is not a valid address.");
        }
        throw ApiException.badRequest("The " + field + " must start with its scheme, such as https://.");
    }

    /** An address of the web: {@code http} or {@code https}, a host, no credentials, query or fragment. */
    public static URI web(String text) {
        return web(text, "base_url");
    }

    /** The same for a field of another name. */
    public static URI web(String text, String field) {
        URI uri = parse(text, field);
        @Nullable String host = uri.getHost();
        if (!isWeb(uri) || host == null) {
            throw ApiException.badRequest("The " + field + " must be an http or https address with a host.");
        }
        if (uri.getRawUserInfo() != null) {
            throw ApiException.badRequest("The " + field
                    + " must not hold credentials: put them into the fields of the config that are made for them.");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw ApiException.badRequest("The " + field + " must not have a query or fragment.");
        }
        if (Outbound.isMetadataLiteral(host)) {
            throw ApiException.badRequest("The " + field + " names a cloud's metadata service, which is never called.");
        }
        return uri;
    }

    public static boolean isWeb(URI uri) {
        @Nullable String scheme = uri.getScheme();
        return scheme != null && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"));
    }

    /** Scheme, host and port: where credentials may go. */
    public static String origin(URI uri) {
        @Nullable String scheme = uri.getScheme();
        @Nullable String host = uri.getHost();
        boolean secure = "https".equalsIgnoreCase(scheme);
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return (secure ? "https" : "http") + "://" + (host == null ? "" : host.toLowerCase(Locale.ROOT)) + ":" + port;
    }
}
