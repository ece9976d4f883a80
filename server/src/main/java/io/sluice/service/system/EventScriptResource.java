package io.sluice.service.system;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code system/event_script}: records like any other, but POST on a name makes or replaces that one. */
record EventScriptResource(Store store, EventScriptFamily family, RecordResource records) implements SystemResource {
    EventScriptResource(Store store, EventScriptFamily family) {
        this(store, family, new RecordResource(store, family));
    }

    @Override
    public String name() {
        return family.name();
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        return request.verb() == Verb.POST && request.resource().size() > 1 ? save(request) : records.handle(request);
    }

    /** 201 with the whole record when it is new, 200 when it was there. */
    private ServiceResult save(ServiceRequest request) {
        String name = request.resource().from(1);
        Map<String, @Nullable Object> record = new LinkedHashMap<>(RecordBody.single(request.payload()));
        return RecordBatch.plainly(() -> store.write(tx -> {
            if (family.one(tx, name).isPresent()) {
                return ServiceResult.ok(family.update(tx, name, record, request.caller()));
            }
            record.putIfAbsent("name", name);
            return ServiceResult.created(family.create(tx, record, request.caller()));
        }));
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return records.endpoints();
    }
}
