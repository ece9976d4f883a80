package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Described;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database as a service. Thread-safe. */
final class SqlService implements Service, Described {
    /** Between two looks at the schema it may change again; under steady changes even more often. */
    private static final int ATTEMPTS = 6;

    private final Database database;
    private final TableResource tables;
    private final SchemaResource schemas;
    private final Routines routines;
    private final EventNames events;

    SqlService(String name, Database database, TableCall.Limits limits) {
        this.database = database;
        this.tables = new TableResource(database, limits);
        this.schemas = new SchemaResource(database);
        this.routines = new Routines(database);
        this.events = new EventNames(name, new Canonical(database, routines));
    }

    Database database() {
        return database;
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() == Verb.GET && request.parameters().flag("refresh")) {
            clearCache();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return route(request);
            } catch (SchemaChanged changed) {
                clearCache();
                if (attempt == ATTEMPTS) {
                    throw ApiException.unavailable(
                            "schema_changing",
                            "The tables of the database change faster than they can be read. Try again in a moment.",
                            1,
                            changed);
                }
            }
        }
    }

    private ServiceResult route(ServiceRequest request) {
        String first = request.resource().at(0);
        return switch (first) {
            case "" -> root(request);
            case "_table" -> tables.handle(request);
            case "_schema" -> schemas.handle(request);
            case "_proc", "_func" -> routines(request, first);
            default -> throw Unsupported.resource(request, first);
        };
    }

    private ServiceResult root(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.verbOnRoot(request);
        }
        if (request.parameters().flag("as_access_list")) {
            return ServiceResult.list(components());
        }
        return Listings.of(
                resources().stream()
                        .filter(name -> request.rights().mask(name) != 0)
                        .map(SqlService::resource)
                        .toList(),
                request.parameters());
    }

    private static Map<String, @Nullable Object> resource(String name) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("label", Labels.label(name.substring(1)));
        return entry;
    }

    private List<String> resources() {
        return database.dialect().routines()
                ? List.of("_schema", "_table", "_proc", "_func")
                : List.of("_schema", "_table");
    }

    private ServiceResult routines(ServiceRequest request, String resource) {
        if (!database.dialect().routines()) {
            throw Unsupported.resource(request, resource);
        }
        return new RoutineResource(database, routines, resource).handle(request);
    }

    /** Nothing is changed without a connection or the schema settings. */
    @Override
    public boolean tellsEffects() {
        return true;
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        return events.of(request.resource());
    }

    /** The database's own names; as typed when there is none, or when the database cannot be asked. */
    private record Canonical(Database database, Routines routines) implements EventNames.Names {
        @Override
        public String table(String typed) {
            try {
                return database.schema().find(typed).map(TableName::api).orElse(typed);
            } catch (ApiException unreachable) {
                // The call itself will meet the same failure and say so.
                return typed;
            }
        }

        @Override
        public String routine(String typed, boolean function) {
            try {
                return database.dialect().routines()
                        ? routines.name(typed, function).orElse(typed)
                        : typed;
            } catch (ApiException unreachable) {
                return typed;
            }
        }
    }

    @Override
    public Catalogue catalogue() {
        return new Endpoints(database, routines).catalogue();
    }

    @Override
    public Description describe(Scope scope) {
        return Documentation.of(database, routines, scope);
    }

    @Override
    public List<String> components() {
        List<String> components = new ArrayList<>(List.of("", "*"));
        for (String resource : resources()) {
            components.add(resource + "/");
            components.add(resource + "/*");
            if (resource.equals("_table") || resource.equals("_schema")) {
                for (TableName table : database.schema().list()) {
                    components.add(resource + "/" + table.api() + "/");
                    components.add(resource + "/" + table.api() + "/*");
                }
            }
        }
        return List.copyOf(components);
    }

    @Override
    public void clearCache() {
        database.schema().forget();
        routines.forget();
    }

    @Override
    public void close() {
        database.close();
    }
}
