package io.sluice.service;

import io.sluice.api.ResourcePath;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document that somebody wrote for a service, as far as other things follow from it: which addresses there are, what
 * their events are called, which components a role may name. Immutable.
 */
public final class ServiceDocument {
    /** The service has none. */
    public static final ServiceDocument NONE = new ServiceDocument(List.of());

    private final List<Address> addresses;

    /** @param segments placeholders in braces */
    private record Address(List<String> segments, List<Verb> verbs, Map<String, List<String>> known) {
        String text() {
            return String.join("/", segments);
        }

        boolean equalTo(ResourcePath path) {
            return segments.equals(path.segments());
        }

        boolean fits(ResourcePath path) {
            if (segments.size() != path.size()) {
                return false;
            }
            for (int i = 0; i < segments.size(); i++) {
                if (!isPlaceholder(segments.get(i)) && !segments.get(i).equals(path.at(i))) {
                    return false;
                }
            }
            return true;
        }

        Map<String, String> values(ResourcePath path) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                if (isPlaceholder(segments.get(i))) {
                    values.put(segments.get(i), path.at(i));
                }
            }
            return values;
        }
    }

    private ServiceDocument(List<Address> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    /** Of a parsed document; what is no path item in it is passed over. */
    public static ServiceDocument of(Object tree) {
        List<Address> addresses = new ArrayList<>();
        if (tree instanceof Map<?, ?> document && document.get("paths") instanceof Map<?, ?> paths) {
            paths.forEach((path, item) -> {
                if (item instanceof Map<?, ?> operations) {
                    addresses.add(address(String.valueOf(path), operations));
                }
            });
        }
        return addresses.isEmpty() ? NONE : new ServiceDocument(addresses);
    }

    private static Address address(String path, Map<?, ?> operations) {
        List<Verb> verbs = Stream.of(Verb.values())
                .filter(verb -> operations.containsKey(verb.lower()))
                .toList();
        Map<String, List<String>> known = new LinkedHashMap<>();
        known.putAll(known(operations.get("parameters")));
        verbs.forEach(verb -> {
            if (operations.get(verb.lower()) instanceof Map<?, ?> operation) {
                known.putAll(known(operation.get("parameters")));
            }
        });
        return new Address(ResourcePath.of(path).segments(), verbs, known);
    }

    /** What the document says that a placeholder can be. */
    private static Map<String, List<String>> known(@Nullable Object parameters) {
        Map<String, List<String>> known = new LinkedHashMap<>();
        if (parameters instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> parameter
                        && "path".equals(parameter.get("in"))
                        && parameter.get("schema") instanceof Map<?, ?> schema
                        && schema.get("enum") instanceof List<?> values) {
                    known.put(
                            String.valueOf(parameter.get("name")),
                            values.stream().map(String::valueOf).toList());
                }
            }
        }
        return known;
    }

    private static boolean isPlaceholder(String segment) {
        return segment.startsWith("{");
    }

    /** It names no address. */
    public boolean isEmpty() {
        return addresses.isEmpty();
    }

    /**
     * The event path of a call: an address that is the same beats one with placeholders, then the first in the document counts. The
     * resource is null for the former, for the latter what stands for each placeholder. Empty when no address fits.
     */
    public Optional<EventPath> event(String service, ResourcePath path) {
        Optional<Address> equal =
                addresses.stream().filter(one -> one.equalTo(path)).findFirst();
        if (equal.isPresent()) {
            return Optional.of(
                    new EventPath(Endpoint.eventPath(service, equal.get().text()), null));
        }
        return addresses.stream()
                .filter(one -> one.fits(path))
                .findFirst()
                .map(one -> new EventPath(Endpoint.eventPath(service, one.text()), one.values(path)));
    }

    /** Every address with its verbs, in the order of the document. */
    public Catalogue catalogue() {
        return new Catalogue(addresses.stream()
                .filter(one -> !one.verbs().isEmpty())
                .map(one -> new Endpoint(one.text(), one.verbs(), suppliers(one.known())))
                .toList());
    }

    private static Map<String, Supplier<List<String>>> suppliers(Map<String, List<String>> known) {
        Map<String, Supplier<List<String>>> suppliers = new LinkedHashMap<>();
        known.forEach((name, values) -> suppliers.put(name, () -> values));
        return suppliers;
    }

    /** What a role may name: every address, and for each segment before the last everything below it. */
    public List<String> components() {
        TreeSet<String> names = new TreeSet<>(NaturalOrder.IGNORING_CASE);
        for (Address address : addresses) {
            if (!address.segments().isEmpty()) {
                names.add(address.text());
            }
            for (int length = 1; length < address.segments().size(); length++) {
                names.add(String.join("/", address.segments().subList(0, length)) + "/*");
            }
        }
        List<String> components = new ArrayList<>(List.of("", "*"));
        components.addAll(names);
        return Collections.unmodifiableList(components);
    }
}
