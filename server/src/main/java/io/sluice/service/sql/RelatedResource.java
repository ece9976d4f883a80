package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.SchemaSettings.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code _schema/{t}/_related}: shows relations, makes virtual ones, and names and habits of all. */
final class RelatedResource {
    private final Database database;

    RelatedResource(Database database) {
        this.database = database;
    }

    ServiceResult handle(ServiceRequest request, Table table, String name) {
        return switch (request.verb()) {
            case GET -> show(request, table, name);
            case POST, PUT, PATCH -> {
                List<String> names = put(request, table, name);
                yield name.isEmpty()
                        ? ServiceResult.list(
                                names.stream().map(each -> Map.of("name", each)).toList())
                        : ServiceResult.ok(Map.of("name", names.getFirst()));
            }
            case DELETE -> drop(table, name.isEmpty() ? new SchemaBody(request).names() : List.of(name));
        };
    }

    private ServiceResult show(ServiceRequest request, Table table, String name) {
        List<Map<String, @Nullable Object>> all = new Describe(database).related(table);
        if (name.isEmpty()) {
            return Listings.of(all, SchemaResource.withAllFields(request));
        }
        return ServiceResult.ok(all.stream()
                .filter(relation -> name.equalsIgnoreCase(String.valueOf(relation.get("name")))
                        || name.equalsIgnoreCase(String.valueOf(relation.get("alias"))))
                .findFirst()
                .orElseThrow(() -> missing(table, name)));
    }

    private static ApiException missing(Table table, String name) {
        return ApiException.notFound("Relationship '" + name + "' does not exist for table '" + table.name() + "'.");
    }

    private List<String> put(ServiceRequest request, Table table, String name) {
        List<String> names = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Map<?, ?> given : new SchemaBody(request).definitions()) {
            Map<?, ?> definition = name.isEmpty() ? given : SchemaBody.named(name, given);
            Entry entry = entry(request.verb(), table, definition);
            entries.add(entry);
            names.add(new Extra(entry.settings()).text("name").orElse(entry.name()));
        }
        database.schema().keep(entries);
        return names;
    }

    private Entry entry(Verb verb, Table table, Map<?, ?> definition) {
        Optional<String> name = FieldDefinition.text(definition, "name");
        Optional<Relation> known = name.flatMap(text -> find(table, text));
        TableExtras extras = table.extras();
        if (known.isEmpty()) {
            if (verb != Verb.POST && name.isPresent() && definition.get("type") == null) {
                throw missing(table, name.get());
            }
            return new VirtualInput(database, table, definition).entry(Extra.NONE);
        }
        String real = extras.realRelation(known.get().name());
        Extra old = extras.relation(real);
        return old.flag("is_virtual")
                ? new VirtualInput(database, table, definition).entry(old)
                : refuseTaken(table, known.get(), ExtraInput.relation(table.id().real(), real, definition, old));
    }

    private Entry refuseTaken(Table table, Relation relation, Entry entry) {
        Optional<String> alias = new Extra(entry.settings()).text("alias");
        boolean taken = alias.flatMap(text -> find(table, text))
                .filter(other -> !other.equals(relation))
                .isPresent();
        ExtraInput.refuseTaken(entry, "relation of table '" + table.name() + "'", taken);
        return entry;
    }

    private Optional<Relation> find(Table table, String name) {
        return Relation.of(table, database.schema()).stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name)
                        || table.extras().realRelation(relation.name()).equalsIgnoreCase(name))
                .findFirst();
    }

    private ServiceResult drop(Table table, List<String> names) {
        if (names.isEmpty()) {
            throw ApiException.badRequest("No relations given for delete request: name them in 'ids' or in the body.");
        }
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            Relation relation = find(table, name).orElseThrow(() -> missing(table, name));
            String real = table.extras().realRelation(relation.name()).toLowerCase(Locale.ROOT);
            if (!table.extras().relation(real).flag("is_virtual")) {
                throw ApiException.badRequest("Relationship '" + name
                        + "' comes from a foreign key of the database. Only virtual ones can be removed.");
            }
            database.schema().entries().stream()
                    .filter(entry -> entry.table().equals(table.id().real().toLowerCase(Locale.ROOT))
                            && entry.name().equals(real))
                    .forEach(entry -> entries.add(entry.emptied()));
        }
        database.schema().keep(entries);
        return ServiceResult.success();
    }
}
