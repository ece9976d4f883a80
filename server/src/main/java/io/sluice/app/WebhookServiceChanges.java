package io.sluice.app;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.system.ServiceChanges;
import io.sluice.store.Tx;
import io.sluice.webhook.WebhookRecords;
import java.util.List;

/** A Git service stays while webhooks move its scripts. */
record WebhookServiceChanges(WebhookRecords webhooks, ServiceChanges others) implements ServiceChanges {
    @Override
    public void saved(Tx tx, ServiceDefinition definition, Caller caller) {
        others.saved(tx, definition, caller);
    }

    @Override
    public void renaming(Tx tx, long id, String from, String to) {
        others.renaming(tx, id, from, to);
    }

    @Override
    public void deleting(Tx tx, long id, String name) {
        List<String> hooks = webhooks.ofService(tx, id);
        if (!hooks.isEmpty()) {
            throw ApiException.conflict("The service '" + name + "' cannot be deleted while webhooks are for it: "
                    + String.join(", ", hooks) + ".");
        }
        others.deleting(tx, id, name);
    }
}
