package io.sluice.service.sql;

import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists of tables: names only, chosen fields, or names without their objects. */
final class Listings {
    private final Database database;

    Listings(Database database) {
        this.database = database;
    }

    /** The tables that the caller may do anything with, below that resource. */
    ServiceResult tables(ServiceRequest request, String resource) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.verb(request, resource);
        }
        List<Map<String, @Nullable Object>> entries = database.schema().list().stream()
                .filter(name -> request.rights().mask(resource + "/" + name.api()) != 0)
                .map(name -> entry(name, database.schema().extras(name), request, resource))
                .toList();
        return of(entries, request.parameters());
    }

    private static Map<String, @Nullable Object> entry(
            TableName name, Extra extra, ServiceRequest request, String resource) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        String label = Labels.of(name, extra);
        entry.put("name", name.api());
        entry.put("label", label);
        entry.put("plural", extra.text("plural").orElseGet(() -> Labels.plural(label)));
        entry.put("description", extra.text("description").orElse(name.comment()));
        entry.put("is_view", name.view());
        if (request.parameters().flag("include_access")) {
            int mask = request.rights().mask(resource + "/" + name.api());
            entry.put(
                    "access",
                    Arrays.stream(Verb.values())
                            .filter(verb -> (mask & verb.mask()) != 0)
                            .map(Verb::name)
                            .toList());
        }
        return entry;
    }

    /** Entries identified by {@code name}, in the form that the call asks for. */
    static ServiceResult of(List<? extends Map<String, @Nullable Object>> entries, Parameters parameters) {
        if (parameters.flag("as_list")) {
            return ServiceResult.list(entries.stream()
                    .flatMap(entry -> Optional.ofNullable(entry.get("name")).stream())
                    .toList());
        }
        String fields = parameters.text("fields", "select").orElse("name");
        return ServiceResult.list(
                entries.stream().map(entry -> chosen(entry, fields)).toList());
    }

    private static Map<String, @Nullable Object> chosen(Map<String, @Nullable Object> entry, String fields) {
        if (fields.strip().equals("*")) {
            return entry;
        }
        List<String> wanted = new ArrayList<>(
                Arrays.stream(fields.split(",", -1)).map(String::strip).toList());
        if (entry.containsKey("access")) {
            wanted.add("access");
        }
        Map<String, @Nullable Object> chosen = new LinkedHashMap<>();
        wanted.stream().filter(entry::containsKey).forEach(name -> chosen.put(name, entry.get(name)));
        return chosen;
    }
}
