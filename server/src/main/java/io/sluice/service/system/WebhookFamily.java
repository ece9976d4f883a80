package io.sluice.service.system;

import io.sluice.access.Problems;
import io.sluice.access.RecordForm;
import io.sluice.access.Stamps;
import io.sluice.api.Caller;
import io.sluice.store.Tx;
import io.sluice.webhook.WebhookRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Webhooks as records; their secret is told when they are made, and never again. */
record WebhookFamily(WebhookRecords webhooks, Stamps stamps) implements RecordFamily {
    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("name", 64).asRequired(),
            RecordForm.Field.text("provider", 20).asRequired(),
            RecordForm.Field.number("service_id").asRequired(),
            RecordForm.Field.text("repository", 255),
            RecordForm.Field.text("secret", 0),
            RecordForm.Field.flag("is_active", true),
            RecordForm.Field.any("branches"),
            RecordForm.Field.any("paths"));

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return webhooks.all(tx);
    }

    @Override
    public Optional<Map<String, @Nullable Object>> one(Tx tx, Object key) {
        return webhooks.find(tx, (Long) key);
    }

    @Override
    public List<String> toldAtCreation() {
        return List.of("secret", "url");
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = FORM.forCreate(record, problems);
        if (WebhookRecords.MASK.equals(row.get("secret"))) {
            row.put("secret", null);
        }
        check(tx, row, -1, problems);
        row.putAll(stamps.made(caller));
        return webhooks.create(tx, row);
    }

    @Override
    public Map<String, @Nullable Object> update(
            Tx tx, Object key, Map<String, @Nullable Object> changes, Caller caller) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = FORM.forUpdate(changes, problems);
        check(tx, row, (Long) key, problems);
        row.putAll(stamps.changed(caller));
        return webhooks.update(tx, (Long) key, row);
    }

    private void check(Tx tx, Map<String, @Nullable Object> row, long self, Problems problems) {
        webhooks.wrong(tx, row, self).forEach(problems::add);
        problems.throwIfAny();
    }

    @Override
    public void delete(Tx tx, Object key, Caller caller) {
        webhooks.delete(tx, (Long) key);
    }
}
