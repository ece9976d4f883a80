package io.sluice.outbound;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one request goes.
 *
 * @param uri scheme and host in lower case, no credentials, no fragment
 * @param credentials {@code name:password} of the address, percent-decoded
 */
record Target(URI uri, Optional<String> credentials) {
    private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

    /** @throws MalformedCall in words for the script's author; they never repeat credentials */
    static Target parse(String address) {
        try {
            return of(new URI(escaped(address.strip())));
        } catch (URISyntaxException e) {
            throw new MalformedCall("The address is not valid.");
        }
    }

    /** The target of a redirect; credentials in it are not used. */
    Target redirected(String location) {
        try {
            return new Target(
                    of(uri.resolve(new URI(escaped(location.strip())))).uri(), Optional.empty());
        } catch (URISyntaxException e) {
            throw new MalformedCall("The address that it redirects to is not valid.");
        }
    }

    private static Target of(URI uri) throws URISyntaxException {
        @Nullable String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new MalformedCall("Only http and https addresses can be called.");
        }
        @Nullable String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new MalformedCall("The address has no host.");
        }
        int at = authority.lastIndexOf('@');
        Optional<String> credentials = at < 0 ? Optional.empty() : Optional.of(decoded(authority.substring(0, at)));
        URI clean = new URI(scheme.toLowerCase(Locale.ROOT) + "://" + host(authority.substring(at + 1)) + path(uri));
        if (clean.getHost() == null || clean.getPort() > 65_535) {
            throw new MalformedCall("The address has no valid host.");
        }
        return new Target(clean, credentials);
    }

    /** In ASCII and lower case. */
    private static String host(String host) {
        try {
            String plain = decoded(host);
            if (plain.chars().anyMatch(c -> "/?#@\\%".indexOf(c) >= 0)) {
                throw new MalformedCall("The address has no valid host.");
            }
            return plain.startsWith("[")
                    ? plain
                    : IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new MalformedCall("The address has no valid host.");
        }
    }

    private static String path(URI uri) {
        @Nullable String path = uri.getRawPath();
        @Nullable String query = uri.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Characters that addresses may not hold, as people write them all the same, percent-encoded. */
    private static String escaped(String address) {
        byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
        int path = address.indexOf('/', address.indexOf("://") + 3);
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (c < 0x20 || c == 0x7f) {
                throw new MalformedCall("The address holds a control character.");
            }
            boolean bracket = (c == '[' || c == ']') && path >= 0 && i > path;
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0) && !bracket;
            boolean stray = c == '%' && !isEscape(bytes, i);
            out.append(plain && !stray ? String.valueOf((char) c) : String.format("%%%02X", c));
        }
        return out.toString();
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && Character.digit(bytes[at + 1], 16) >= 0
                && Character.digit(bytes[at + 2], 16) >= 0;
    }

    boolean secure() {
        return uri.getScheme().equals("https");
    }

    String host() {
        return uri.getHost();
    }

    String origin() {
        int port = uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
        return uri.getScheme() + "://" + host() + ":" + port;
    }
}
