package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.ResourcePath;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.script.Refreshed;
import io.sluice.script.ScriptId;
import io.sluice.script.ScriptStatus;
import io.sluice.script.Scripts;
import io.sluice.script.Version;
import io.sluice.service.Catalogue;
import io.sluice.service.Operation;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code system/script}: how every script stands, its versions, and what can be done with them. */
record ScriptResource(Scripts scripts, ScriptTypesOf types) implements SystemResource {
    private static final int PAGE = 1000;

    @Override
    public String name() {
        return "script";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        ResourcePath path = request.resource();
        if (path.size() == 1) {
            return list(request);
        }
        if (path.size() == 2 && path.at(1).equals("rollback") && request.verb() == Verb.POST) {
            return rollback(request);
        }
        if (path.size() == 3 && path.at(2).equals("run")) {
            return run(id(path.at(1)), request);
        }
        if (path.size() == 3 && path.at(2).equals("types") && request.verb() == Verb.GET) {
            return types.handle(id(path.at(1)), request.caller());
        }
        ScriptStatus status = status(path.at(1));
        ScriptId id = status.script().id();
        return switch (request.verb() + " " + path.from(2).replaceAll("^version/.*", "version/{n}")) {
            case "GET " -> ServiceResult.ok(ScriptShown.status(status));
            case "GET version" ->
                ServiceResult.list(
                        scripts.versions(id).stream().map(ScriptShown::version).toList());
            case "GET version/{n}" -> ServiceResult.ok(ScriptShown.text(version(id, path.at(3))));
            case "GET log" -> page(scripts.log(id), ScriptShown::report, request);
            case "POST refresh" -> ServiceResult.ok(ScriptShown.refreshed(scripts.refresh(id)));
            case "POST rollback" -> ServiceResult.ok(ScriptShown.refreshed(rollback(id, request)));
            default -> throw Unsupported.on(request, path.text());
        };
    }

    private ServiceResult list(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.on(request, name());
        }
        return page(scripts.statuses(), ScriptShown::status, request);
    }

    private static <T> ServiceResult page(
            List<T> all, Function<T, Map<String, @Nullable Object>> shown, ServiceRequest request) {
        long offset = Math.max(0, request.parameters().number("offset").orElse(0));
        long limit = request.parameters().number("limit").orElse(PAGE);
        List<Map<String, @Nullable Object>> page = all.stream()
                .skip(offset)
                .limit(limit < 1 ? PAGE : Math.min(limit, PAGE))
                .map(shown)
                .toList();
        boolean count = request.parameters().flag("include_count") || all.size() > page.size();
        return ServiceResult.ok(
                count ? Map.of("resource", page, "meta", Map.of("count", all.size())) : Map.of("resource", page));
    }

    private ServiceResult run(ScriptId id, ServiceRequest request) {
        if (request.verb() != Verb.POST) {
            throw Unsupported.on(request, request.resource().text());
        }
        return new ScriptRun(scripts).handle(id, request);
    }

    private ScriptStatus status(String text) {
        return scripts.status(id(text)).orElseThrow(() -> unknown(text));
    }

    private static ScriptId id(String text) {
        return ScriptId.parse(text).orElseThrow(() -> unknown(text));
    }

    private static ApiException unknown(String text) {
        return ApiException.notFound("There is no script '" + text + "': ids are event:NAME and service:NAME.");
    }

    private Version version(ScriptId id, String number) {
        return number.matches("\\d{1,9}")
                ? scripts.version(id, Integer.parseInt(number))
                        .orElseThrow(() -> ApiException.notFound("Version " + number + " of " + id + " is not kept."))
                : noSuch(number);
    }

    private static Version noSuch(String number) {
        throw ApiException.badRequest("A version is a whole number, not '" + number + "'.");
    }

    private Refreshed rollback(ScriptId id, ServiceRequest request) {
        if (request.payload() instanceof Map<?, ?> body && body.get("version") instanceof Integer number) {
            return scripts.rollback(id, number, by(request), ScriptResource::keep);
        }
        throw ApiException.badRequest("A rollback needs {\"version\": number} in its body.");
    }

    private ServiceResult rollback(ServiceRequest request) {
        if (request.payload() instanceof Map<?, ?> body
                && body.get("promotion") instanceof Number number
                && number.toString().matches("\\d{1,18}")) {
            return ServiceResult.list(scripts.rollback(number.longValue(), by(request), ScriptResource::keep).stream()
                    .map(ScriptShown::moved)
                    .toList());
        }
        throw ApiException.badRequest("A rollback of a whole promotion needs {\"promotion\": number} in its body.");
    }

    private static OptionalLong by(ServiceRequest request) {
        return request.caller()
                .person()
                .map(person -> OptionalLong.of(person.id()))
                .orElse(OptionalLong.empty());
    }

    /** The config of a script service holds the text too: saving it later must not bring back what was turned away from. */
    private static void keep(Tx tx, ScriptId id, String text) {
        if (id.kind() == ScriptId.Kind.SERVICE) {
            ServiceRecords.content(tx, id.name(), text);
        }
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(
                new Catalogue.Endpoint(name(), List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/rollback", List.of(Verb.POST)),
                new Catalogue.Endpoint(name() + "/{id}", List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{id}/version", List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{id}/version/{n}", List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{id}/log", List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{id}/types", List.of(Verb.GET)),
                new Catalogue.Endpoint(name() + "/{id}/run", List.of(Verb.POST)),
                new Catalogue.Endpoint(name() + "/{id}/refresh", List.of(Verb.POST)),
                new Catalogue.Endpoint(name() + "/{id}/rollback", List.of(Verb.POST)));
    }

    @Override
    public Stream<Operation> operations() {
        return endpoints().stream().flatMap(Operation::of).map(ScriptResource::told);
    }

    private static Operation told(Operation plain) {
        if (plain.path().endsWith("/run")) {
            return ScriptRun.operation(plain.path()).with(plain.parameters());
        }
        return plain.path().endsWith("/types")
                ? ScriptTypesOf.operation(plain.path()).with(plain.parameters())
                : plain;
    }
}
