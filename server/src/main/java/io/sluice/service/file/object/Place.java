package io.sluice.service.file.object;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FilePath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a service's files lie in an object store.
 *
 * @param container the name of the bucket or container
 * @param prefix what all keys begin with: empty, or with a slash at its end
 */
public record Place(String container, String prefix) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9$][A-Za-z0-9._-]{0,254}");

    /** From {@code container}: {@code name} or {@code name/prefix}. */
    public static Place of(ServiceDefinition definition) {
        String text = required(definition, "container").strip().replaceAll("^/+|/+$", "");
        int slash = text.indexOf('/');
        String name = slash < 0 ? text : text.substring(0, slash);
        String below = slash < 0 ? "" : FilePath.of(text.substring(slash + 1)).bare() + "/";
        return new Place(checked(NAME, "container", name), below);
    }

    /** The config value; a 400 when there is none. */
    public static String required(ServiceDefinition definition, String field) {
        return definition
                .text(field)
                .orElseThrow(() -> ApiException.badRequest("The config field '" + field + "' is missing."));
    }

    /** The value, when it is of that form; otherwise a 400. */
    public static String checked(Pattern form, String field, String value) {
        if (!form.matcher(value).matches()) {
            throw ApiException.badRequest("The config field '" + field + "' is not valid: '" + value + "'.");
        }
        return value;
    }

    /** From {@code endpoint}: the address of a store other than the provider's own. */
    public static Optional<URI> endpoint(ServiceDefinition definition) {
        return definition.text("endpoint").map(Place::address);
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text.strip().replaceAll("/+$", ""));
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below, like anything else that is no such address
        }
        throw ApiException.badRequest(
                "The config field 'endpoint' must be an address like https://host:port, without credentials.");
    }
}
