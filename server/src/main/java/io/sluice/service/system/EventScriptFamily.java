package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Parameters;
import io.sluice.script.SavedScript;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptForm;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.store.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Event scripts as records, keyed by the name of their event. */
record EventScriptFamily(Scripts scripts, LinkRight links) implements RecordFamily {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    @Override
    public String name() {
        return "event_script";
    }

    @Override
    public String key() {
        return "name";
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return scripts.definitions(tx).stream()
                .filter(saved -> saved.id().kind() == ScriptId.Kind.EVENT)
                .map(EventScriptFamily::shown)
                .toList();
    }

    /** One row, however many scripts there are. */
    @Override
    public Optional<Map<String, @Nullable Object>> one(Tx tx, Object key) {
        return scripts.definition(tx, ScriptId.event(key.toString())).map(EventScriptFamily::shown);
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        String name = required(record, "name");
        required(record, "type");
        ScriptDefinition script = definition(name, record);
        links.check(caller, Optional.empty(), script);
        return shown(scripts.create(tx, script, by(caller)));
    }

    @Override
    public Map<String, @Nullable Object> update(
            Tx tx, Object key, Map<String, @Nullable Object> changes, Caller caller) {
        ScriptId id = ScriptId.event(key.toString());
        SavedScript before = scripts.definition(tx, id).orElseThrow(() -> missing(key));
        Map<String, @Nullable Object> record = shown(before);
        Object newName = changes.get("name");
        if (newName != null && !newName.equals(key)) {
            throw ApiException.badRequest("The name of an event script is its event and cannot be changed:"
                    + " make a script named '" + newName + "' and delete this one.");
        }
        record.putAll(changes);
        required(record, "type");
        ScriptDefinition script = definition(key.toString(), record);
        links.check(caller, Optional.of(before.definition()), script);
        return shown(scripts.update(tx, script, by(caller)));
    }

    @Override
    public void delete(Tx tx, Object key, Caller caller) {
        ScriptId id = ScriptId.event(key.toString());
        if (scripts.definition(tx, id).isEmpty()) {
            throw missing(key);
        }
        scripts.delete(tx, id);
    }

    private static ScriptDefinition definition(String name, Map<String, @Nullable Object> record) {
        return ScriptForm.read(
                ScriptId.event(name),
                String.valueOf(record.get("type")),
                flag(record, "is_active"),
                flag(record, "allow_event_modification"),
                record);
    }

    private static boolean flag(Map<String, @Nullable Object> record, String field) {
        Object value = record.get(field);
        return value != null && Parameters.isTrue(value.toString());
    }

    private static String required(Map<String, @Nullable Object> record, String field) {
        Object value = record.get(field);
        if (value == null || value.toString().isBlank()) {
            throw ApiException.badRequest("Invalid data supplied. The " + field + " field is required.");
        }
        return value.toString();
    }

    private static OptionalLong by(Caller caller) {
        return caller.person().map(person -> OptionalLong.of(person.id())).orElse(OptionalLong.empty());
    }

    private static ApiException missing(Object key) {
        return ApiException.notFound("Record with identifier '" + key + "' not found.");
    }

    private static Map<String, @Nullable Object> shown(SavedScript saved) {
        ScriptDefinition script = saved.definition();
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("name", script.id().name());
        record.put("type", script.type());
        record.put("is_active", script.active());
        record.put("allow_event_modification", script.allowEventModification());
        record.putAll(ScriptForm.fields(script));
        record.put("created_date", time(saved.created()));
        record.put("last_modified_date", time(saved.modified()));
        record.put("created_by_id", number(saved.createdBy()));
        record.put("last_modified_by_id", number(saved.modifiedBy()));
        return record;
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
