package io.sluice.service;

import io.sluice.api.Rights;
import java.util.List;
import java.util.Map;

/** A service that can say what its operations take and give. Others are documented by their addresses and verbs alone. */
public interface Described {

    /** May ask the backend, and then fails as a call would; without {@link Scope#expand} it never does. */
    Description describe(Scope scope);

    /**
     * For whom, and how far.
     *
     * @param rights of the reader: what they cannot reach is not to be told
     * @param expand each part by itself, such as every table with its columns
     */
    record Scope(String service, Rights rights, boolean expand) {}

    /**
     * What there is.
     *
     * @param schemas in JSON Schema 2020-12 by name; {@link Shape#ref} refers to them
     */
    record Description(List<Operation> operations, Map<String, Map<String, ?>> schemas) {
        public Description {
            operations = List.copyOf(operations);
            schemas = Map.copyOf(schemas);
        }
    }
}
