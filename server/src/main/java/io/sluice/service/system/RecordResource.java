package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Operation;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A family of records behind the addresses {@code {name}} and {@code {name}/{key}}, with everything of rest-api.md 5.1. */
final class RecordResource implements SystemResource {
    private static final List<Verb> WRITES = List.of(Verb.GET, Verb.POST, Verb.PUT, Verb.PATCH, Verb.DELETE);
    private final Store store;
    private final RecordFamily family;

    RecordResource(Store store, RecordFamily family) {
        this.store = store;
        this.family = family;
    }

    @Override
    public String name() {
        return family.name();
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(
                new Catalogue.Endpoint(name(), WRITES),
                new Catalogue.Endpoint(
                        name() + "/{" + family.key() + "}", List.of(Verb.GET, Verb.PUT, Verb.PATCH, Verb.DELETE)));
    }

    @Override
    public Stream<Operation> operations() {
        return endpoints().stream().flatMap(endpoint -> RecordOperations.of(endpoint, family.key()));
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        String key = request.resource().from(name().split("/").length);
        RecordOptions options = RecordOptions.of(request);
        options.related(family);
        return key.isEmpty() ? onAll(request, options) : onOne(request, options, key(key));
    }

    private Object key(Object text) {
        if (!family.key().equals("id")) {
            return text.toString();
        }
        try {
            return Long.parseLong(text.toString().trim());
        } catch (NumberFormatException e) {
            throw missing(text);
        }
    }

    private static ApiException missing(Object key) {
        return ApiException.notFound("Record with identifier '" + key + "' not found.");
    }

    private ServiceResult onOne(ServiceRequest request, RecordOptions options, Object key) {
        return switch (request.verb()) {
            case GET -> ServiceResult.ok(store.read(tx -> options.shape(tx, family, one(tx, key))));
            case PUT, PATCH -> {
                Map<String, @Nullable Object> changes =
                        request.payload() == null ? Map.of() : RecordBody.single(request.payload());
                yield ServiceResult.ok(write(tx -> update(tx, key, changes, request, options)));
            }
            case DELETE -> ServiceResult.ok(write(tx -> delete(tx, key, request, options)));
            case POST -> throw Unsupported.on(request, name() + "/" + key);
        };
    }

    private <T> T write(java.util.function.Function<Tx, T> work) {
        return RecordBatch.plainly(() -> store.write(work));
    }

    private Map<String, @Nullable Object> one(Tx tx, Object key) {
        return family.one(tx, key).orElseThrow(() -> missing(key));
    }

    private Map<String, @Nullable Object> update(
            Tx tx, Object key, Map<String, @Nullable Object> changes, ServiceRequest request, RecordOptions options) {
        Map<String, @Nullable Object> prepared = family.prepared(changes, request.parameters());
        return options.shape(tx, family, family.update(tx, key, prepared, request.caller()));
    }

    private Map<String, @Nullable Object> delete(Tx tx, Object key, ServiceRequest request, RecordOptions options) {
        Map<String, @Nullable Object> shown = options.shape(tx, family, one(tx, key));
        family.delete(tx, key, request.caller());
        return shown;
    }

    private ServiceResult onAll(ServiceRequest request, RecordOptions options) {
        if (request.verb() == Verb.GET) {
            return store.read(tx -> new RecordList(family, options).read(tx));
        }
        if (request.verb() != Verb.POST && options.filter().isPresent()) {
            throw ApiException.badRequest("Records of '" + name() + "' cannot be changed by a filter: name their ids.");
        }
        return switch (request.verb()) {
            case POST -> create(request, options);
            case PUT, PATCH -> patch(request, options);
            case DELETE, GET -> remove(request, options);
        };
    }

    private ServiceResult create(ServiceRequest request, RecordOptions options) {
        List<?> records = records(request);
        return ServiceResult.created(resource(new RecordBatch(store, "created", options)
                .run(records, (tx, entry) -> created(tx, RecordBody.record(entry), request, options))));
    }

    private Map<String, @Nullable Object> created(
            Tx tx, Map<String, @Nullable Object> given, ServiceRequest request, RecordOptions options) {
        Map<String, @Nullable Object> record = family.create(tx, given, request.caller());
        Map<String, @Nullable Object> shaped = options.shape(tx, family, record);
        family.toldAtCreation().forEach(field -> shaped.put(field, record.get(field)));
        return shaped;
    }

    private static List<?> records(ServiceRequest request) {
        return RecordBody.list(request.payload())
                .filter(list -> !list.isEmpty())
                .orElseThrow(RecordBody::none);
    }

    private ServiceResult patch(ServiceRequest request, RecordOptions options) {
        RecordBatch batch = new RecordBatch(store, "updated", options);
        Optional<List<String>> ids = options.ids();
        if (ids.isPresent()) {
            Map<String, @Nullable Object> changes = RecordBody.single(request.payload());
            return ServiceResult.ok(resource(batch.run(
                    ids.get(), (tx, id) -> update(tx, key(id), new LinkedHashMap<>(changes), request, options))));
        }
        return ServiceResult.ok(resource(batch.run(records(request), (tx, entry) -> {
            Map<String, @Nullable Object> record = RecordBody.record(entry);
            return update(tx, keyOf(record), record, request, options);
        })));
    }

    private Object keyOf(Map<String, @Nullable Object> record) {
        Object key = record.get(family.key());
        if (key == null) {
            throw ApiException.badRequest("The field '" + family.key() + "' is needed to find the record.");
        }
        return key(key);
    }

    private ServiceResult remove(ServiceRequest request, RecordOptions options) {
        List<?> items = options.ids()
                .<List<?>>map(ids -> ids)
                .or(() -> RecordBody.list(request.payload()))
                .or(() -> options.is("force") ? Optional.of(allKeys()) : Optional.empty())
                .orElseThrow(RecordBody::none);
        return ServiceResult.ok(resource(new RecordBatch(store, "deleted", options)
                .run(
                        items,
                        (tx, item) -> delete(
                                tx,
                                item instanceof Map<?, ?> ? keyOf(RecordBody.record(item)) : key(item),
                                request,
                                options))));
    }

    private List<?> allKeys() {
        return store.read(tx -> family.all(tx).stream()
                .map(record -> Objects.requireNonNull(record.get(family.key())))
                .toList());
    }

    private static Map<String, Object> resource(List<Object> records) {
        return Map.of("resource", records);
    }
}
