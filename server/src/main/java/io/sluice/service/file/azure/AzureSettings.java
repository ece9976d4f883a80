package io.sluice.service.file.azure;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.object.Place;
import java.net.URI;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The config of a service.
 *
 * @param endpoint where the account's blobs are
 */
record AzureSettings(String account, String key, URI endpoint, Place place) {
    /** Part of a host's name. */
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9-]{1,63}");

    private static final Pattern PROTOCOL = Pattern.compile("https?");

    /** Config that can never work is a 400. */
    static AzureSettings of(ServiceDefinition definition) {
        String account = Place.checked(
                ACCOUNT,
                "account_name",
                Place.required(definition, "account_name").strip());
        String protocol = Place.checked(
                PROTOCOL,
                "protocol",
                definition.text("protocol").orElse("https").strip());
        return new AzureSettings(
                account,
                base64(Place.required(definition, "account_key").strip()),
                Place.endpoint(definition)
                        .orElseGet(() -> URI.create(protocol + "://" + account + ".blob.core.windows.net")),
                Place.of(definition));
    }

    private static String base64(String key) {
        try {
            Base64.getDecoder().decode(key);
            return key;
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(
                    "The config field 'account_key' is not valid: keys of storage accounts are written in base64.");
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return endpoint + " " + place;
    }
}
