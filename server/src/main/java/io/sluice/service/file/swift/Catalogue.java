package io.sluice.service.file.swift;

import io.sluice.service.file.StoreFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The endpoints that a Keystone names for storage. */
final class Catalogue {
    private record Endpoint(String region, String address) {}

    private final List<Endpoint> endpoints = new ArrayList<>();

    private Catalogue() {}

    /** {@code token.catalog} of v3: an endpoint for each interface. */
    static Catalogue v3(JsonNode services) {
        Catalogue catalogue = new Catalogue();
        for (JsonNode endpoint : storage(services)) {
            if (endpoint.path("interface").asString("").equals("public")) {
                String region = endpoint.path("region")
                        .asString(endpoint.path("region_id").asString(""));
                catalogue.endpoints.add(
                        new Endpoint(region, endpoint.path("url").asString("")));
            }
        }
        return catalogue;
    }

    /** {@code access.serviceCatalog} of v2: one endpoint with all its addresses. */
    static Catalogue v2(JsonNode services) {
        Catalogue catalogue = new Catalogue();
        for (JsonNode endpoint : storage(services)) {
            catalogue.endpoints.add(new Endpoint(
                    endpoint.path("region").asString(""),
                    endpoint.path("publicURL").asString("")));
        }
        return catalogue;
    }

    private static List<JsonNode> storage(JsonNode services) {
        List<JsonNode> endpoints = new ArrayList<>();
        for (JsonNode service : services) {
            if (service.path("type").asString("").equals("object-store")) {
                service.path("endpoints").forEach(endpoints::add);
            }
        }
        return endpoints;
    }

    /** The storage's address in that region; in the first one when none is asked for. */
    String in(Optional<String> region) throws StoreFailure {
        return endpoints.stream()
                .filter(endpoint -> region.isEmpty() || endpoint.region().equalsIgnoreCase(region.get()))
                .map(Endpoint::address)
                .findFirst()
                .orElseThrow(() -> StoreFailure.denied(missing(region), null));
    }

    private String missing(Optional<String> region) {
        List<String> regions =
                endpoints.stream().map(Endpoint::region).distinct().sorted().toList();
        return regions.isEmpty()
                ? "its identity service lets the user in, but names no public object storage for the project"
                : "it has no object storage in the region '" + region.orElse("") + "', only in "
                        + String.join(", ", regions);
    }

    /** As Keystone writes times; empty for what is none. */
    static Optional<Instant> time(JsonNode written) {
        try {
            return Optional.of(OffsetDateTime.parse(written.asString("")).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // the token holds until it is refused
        }
    }
}
