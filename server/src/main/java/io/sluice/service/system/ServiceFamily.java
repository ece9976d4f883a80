package io.sluice.service.system;

import io.sluice.access.Directory;
import io.sluice.access.Stamps;
import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.Services;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The family {@code service}. A service is started, replaced or stopped once its record is committed. */
record ServiceFamily(
        ServiceRecords records,
        Services services,
        Starting starting,
        Directory directory,
        ServiceChanges changes,
        Stamps stamps)
        implements RecordFamily {

    @Override
    public String name() {
        return "service";
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return ServiceRecords.TABLE.list(tx, "").stream().map(records::shown).toList();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> one(Tx tx, Object key) {
        return ServiceRecords.TABLE.byId(tx, (Long) key).map(records::shown);
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        Map<String, @Nullable Object> row = records.created(tx, record);
        row.putAll(stamps.made(caller));
        return saved(tx, ServiceRecords.TABLE.insert(tx, row), record, caller);
    }

    @Override
    public Map<String, @Nullable Object> update(Tx tx, Object key, Map<String, @Nullable Object> given, Caller caller) {
        Map<String, @Nullable Object> before = stored(tx, key);
        Map<String, @Nullable Object> row = records.changed(tx, before, given);
        row.putAll(stamps.changed(caller));
        ServiceRecords.TABLE.update(tx, (Long) key, row);
        String from = String.valueOf(before.get("name"));
        String to = String.valueOf(row.getOrDefault("name", from));
        if (!from.equals(to)) {
            changes.renaming(tx, (Long) key, from, to);
        }
        return saved(tx, (Long) key, given, caller);
    }

    private Map<String, @Nullable Object> saved(Tx tx, long id, Map<String, @Nullable Object> given, Caller caller) {
        if (given.containsKey(ServiceDocs.RELATION)) {
            ServiceDocs.save(tx, id, given.get(ServiceDocs.RELATION));
        }
        Map<String, @Nullable Object> row = stored(tx, id);
        ServiceDefinition definition = starting.withDocument(tx, records.definition(row));
        tx.afterCommit(() -> starting.put(definition)); // before the notices: who hears them must find the new service
        changes.saved(tx, definition, caller);
        if (given.get("config") instanceof Map<?, ?> config && !config.isEmpty()) {
            canBeOpened(definition);
        }
        return records.shown(row);
    }

    /** Config that can never work is refused while somebody is looking. Opening a service connects to nothing. */
    private void canBeOpened(ServiceDefinition definition) {
        try {
            services.type(definition.type())
                    .ifPresent(type -> type.open(definition).close());
        } catch (ApiException e) {
            throw new ApiException(
                    ApiError.of(
                            400,
                            "Invalid data supplied. " + e.error().message(),
                            Map.of("config", List.of(e.error().message()))),
                    e);
        }
    }

    @Override
    public void delete(Tx tx, Object key, Caller caller) {
        Map<String, @Nullable Object> row = stored(tx, key);
        String name = String.valueOf(row.get("name"));
        if (!Boolean.TRUE.equals(row.get("deletable"))) {
            throw ApiException.forbidden("The service '" + name + "' cannot be deleted.");
        }
        long id = (Long) key;
        changes.deleting(tx, id, name);
        directory.forgetService(tx, id);
        ServiceRecords.TABLE.delete(tx, id);
        tx.afterCommit(() -> services.stop(id));
    }

    private static Map<String, @Nullable Object> stored(Tx tx, Object key) {
        return ServiceRecords.TABLE
                .byId(tx, (Long) key)
                .orElseThrow(() -> ApiException.notFound("Record with identifier '" + key + "' not found."));
    }

    @Override
    public List<String> relations() {
        return List.of(ServiceDocs.RELATION);
    }

    @Override
    public @Nullable Object related(Tx tx, String relation, Map<String, @Nullable Object> record) {
        return ServiceDocs.of(tx, ServiceRecords.id(record));
    }
}
