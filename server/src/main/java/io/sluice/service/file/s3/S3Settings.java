package io.sluice.service.file.s3;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.object.Place;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The config of a service.
 *
 * @param keys empty when the server's environment or machine has them
 * @param endpoint empty for Amazon's own
 */
record S3Settings(
        Optional<KeyPair> keys,
        String region,
        Place place,
        Optional<URI> endpoint,
        boolean pathStyle,
        boolean chunked,
        boolean checksumsAlways) {
    static final String FIRST_REGION = "us-east-1";
    static final List<String> CHECKSUMS = List.of("when_supported", "when_required");

    /** Part of a host's name. */
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");

    /** An access key and its secret. */
    record KeyPair(String key, String secret) {
        @Override
        public String toString() {
            return key;
        }
    }

    /** Config that can never work is a 400. */
    static S3Settings of(ServiceDefinition definition) {
        Optional<URI> endpoint = Place.endpoint(definition);
        boolean amazon = endpoint.isEmpty();
        return new S3Settings(
                keys(definition),
                Place.checked(
                        REGION,
                        "region",
                        definition.text("region").orElse(FIRST_REGION).strip()),
                Place.of(definition),
                endpoint,
                flag(definition, "path_style", !amazon),
                flag(definition, "chunked_encoding", amazon),
                definition.text("checksums").map("when_supported"::equals).orElse(amazon));
    }

    private static Optional<KeyPair> keys(ServiceDefinition definition) {
        Optional<String> key = definition.text("key");
        Optional<String> secret = definition.text("secret");
        if (key.isPresent() != secret.isPresent()) {
            throw ApiException.badRequest(
                    "The config fields 'key' and 'secret' go together: give both, or none to use those of"
                            + " the server's environment or machine.");
        }
        return key.map(name -> new KeyPair(name.strip(), secret.orElseThrow().strip()));
    }

    private static boolean flag(ServiceDefinition definition, String field, boolean otherwise) {
        return definition.text(field).map(Parameters::isTrue).orElse(otherwise);
    }
}
