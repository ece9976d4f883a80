package io.sluice.service.sql;

import io.sluice.api.ApiException;
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

/** {@code _proc} or {@code _func}: lists, describes and calls stored routines. */
final class RoutineResource {
    private final Database database;
    private final Routines routines;
    private final String resource;
    private final boolean functions;

    RoutineResource(Database database, Routines routines, String resource) {
        this.database = database;
        this.routines = routines;
        this.resource = resource;
        this.functions = resource.equals("_func");
    }

    ServiceResult handle(ServiceRequest request) {
        if (request.resource().size() == 1) {
            if (request.verb() != Verb.GET) {
                throw Unsupported.verb(request, resource);
            }
            return list(request);
        }
        if (request.verb() != Verb.GET && request.verb() != Verb.POST) {
            throw Unsupported.verb(request, resource);
        }
        return call(request);
    }

    private ServiceResult list(ServiceRequest request) {
        Optional<String> ids = request.parameters().text("ids", "names");
        Optional<String> schema = request.parameters().text("schema");
        boolean all = request.parameters().text("fields").filter("*"::equals).isPresent();
        List<Routine> chosen = ids.isPresent() ? named(ids.get()) : routines.list(functions);
        Map<String, Map<String, @Nullable Object>> entries = new LinkedHashMap<>();
        for (Routine routine : chosen) {
            int access = request.rights().mask(resource + "/" + routine.api());
            boolean wanted = schema.isEmpty() || schema.get().equalsIgnoreCase(routine.schema());
            if (access != 0 && wanted) {
                boolean full = ids.isPresent() || all;
                entries.putIfAbsent(routine.api(), full ? described(routines.full(routine), access) : entry(routine));
            }
        }
        return ids.isPresent()
                ? ServiceResult.list(List.copyOf(entries.values()))
                : Listings.of(List.copyOf(entries.values()), request.parameters());
    }

    private List<Routine> named(String ids) {
        return Arrays.stream(ids.split(",", -1))
                .map(String::strip)
                .map(name -> found(name).getFirst())
                .toList();
    }

    private List<Routine> found(String name) {
        List<Routine> found = routines.find(name, functions);
        if (found.isEmpty()) {
            throw missing(name);
        }
        return found;
    }

    private ApiException missing(String name) {
        return ApiException.notFound(
                (functions ? "Function '" : "Procedure '") + name + "' does not exist in the database.");
    }

    private static Map<String, @Nullable Object> entry(Routine routine) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", routine.api());
        entry.put("label", Labels.label(routine.api()));
        entry.put("description", routine.comment());
        return entry;
    }

    private Map<String, @Nullable Object> described(Routine routine, int access) {
        Map<String, @Nullable Object> shown = entry(routine);
        shown.put("native", List.of());
        shown.put("return_type", returns(routine));
        shown.put(
                "return_schema",
                routine.parameters().stream()
                        .filter(each -> each.mode() == Routine.Mode.TABLE)
                        .map(RoutineResource::parameter)
                        .toList());
        shown.put(
                "params",
                routine.parameters().stream()
                        .filter(each -> each.mode() != Routine.Mode.TABLE)
                        .map(RoutineResource::parameter)
                        .toList());
        shown.put("access", access);
        return shown;
    }

    private @Nullable String returns(Routine routine) {
        if (routine.set()) {
            return "table";
        }
        return routine.returns() == null
                ? null
                : database.dialect().type(routine.returns()).simple();
    }

    private static Map<String, @Nullable Object> parameter(Routine.Parameter parameter) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", parameter.name());
        shown.put("position", parameter.position());
        shown.put("param_type", parameter.mode().name());
        shown.put("type", parameter.type().simple());
        shown.put("db_type", parameter.type().declared());
        shown.put("length", parameter.type().length());
        shown.put("precision", parameter.type().precision());
        shown.put("scale", parameter.type().scale());
        shown.put("default", null);
        return shown;
    }

    private ServiceResult call(ServiceRequest request) {
        String typed = request.resource().from(1);
        int open = typed.indexOf('(');
        String name = open < 0 ? typed : typed.substring(0, open);
        if (open >= 0 && !typed.endsWith(")")) {
            throw missing(typed);
        }
        List<Routine> candidates = found(name);
        // The role was asked about the text as typed. Unless that is the name alone, the name is asked about as well.
        Access.require(request, resource + "/", typed, candidates.getFirst().api());
        RoutineArguments given = new RoutineArguments(
                request, open < 0 ? Optional.empty() : Optional.of(typed.substring(open + 1, typed.length() - 1)));
        return ServiceResult.ok(shaped(run(candidates, given), candidates.getFirst(), given));
    }

    /** The first of that name whose parameters the arguments fit. */
    private RoutineCall.Outcome run(List<Routine> candidates, RoutineArguments given) {
        List<ApiException> refused = new ArrayList<>();
        for (Routine routine : candidates) {
            List<@Nullable Object> arguments;
            try {
                arguments = given.of(routine.inputs());
            } catch (ApiException e) {
                refused.add(e);
                continue;
            }
            return new RoutineCall(database, routine, arguments).run();
        }
        throw refused.getFirst();
    }

    private static @Nullable Object shaped(RoutineCall.Outcome outcome, Routine routine, RoutineArguments given) {
        Optional<String> returns = given.option("returns");
        List<?> sets = outcome.sets().stream()
                .map(rows -> rows.stream().map(row -> cast(row, given.schema())).toList())
                .toList();
        boolean scalar =
                routine.function() && !routine.set() && routine.outputs().isEmpty();
        boolean asRows = returns.filter("table"::equalsIgnoreCase).isPresent();
        if (scalar
                && !asRows
                && outcome.sets().size() == 1
                && outcome.sets().getFirst().size() == 1) {
            Map<String, @Nullable Object> row = outcome.sets().getFirst().getFirst();
            if (row.size() == 1) {
                @Nullable Object value = row.values().iterator().next();
                return returns.isEmpty() ? value : Casts.to(returns.get(), value);
            }
        }
        @Nullable Object rows = sets.size() == 1 ? sets.getFirst() : sets;
        if (outcome.out().isEmpty()) {
            return rows;
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>(cast(outcome.out(), given.schema()));
        if (!sets.isEmpty()) {
            out.put(given.option("wrapper").orElse("resource"), rows);
        }
        return out;
    }

    private static Map<String, @Nullable Object> cast(Map<String, @Nullable Object> row, Map<?, ?> schema) {
        if (schema.isEmpty()) {
            return row;
        }
        Map<String, @Nullable Object> cast = new LinkedHashMap<>(row);
        schema.forEach((name, type) ->
                cast.computeIfPresent(String.valueOf(name), (column, value) -> Casts.to(type(type), value)));
        return cast;
    }

    private static String type(@Nullable Object given) {
        return given instanceof Map<?, ?> map ? String.valueOf(map.get("type")) : String.valueOf(given);
    }
}
