package io.sluice.service;

import io.sluice.api.Verb;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What can be called on a service. */
public record Catalogue(List<Endpoint> endpoints) {
    public static final Catalogue EMPTY = new Catalogue(List.of());

    public Catalogue {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * One address with its verbs.
     *
     * @param path below the service, placeholders in braces: {@code _table/{table_name}/{id}}; empty for the root
     * @param parameters known values of placeholders, asked for when a list is made
     */
    public record Endpoint(String path, List<Verb> verbs, Map<String, Supplier<List<String>>> parameters) {
        public Endpoint(String path, List<Verb> verbs) {
            this(path, verbs, Map.of());
        }

        /** The event path of this endpoint on a service of that name: {@code db._table.{table_name}.{id}}. */
        public String eventPath(String service) {
            return eventPath(service, path);
        }

        static String eventPath(String service, String path) {
            return path.isEmpty() ? service : service + "." + path.replace('/', '.');
        }
    }
}
