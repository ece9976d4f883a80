package io.sluice.app;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.script.SavedScript;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.script.ScriptServiceConfig;
import io.sluice.service.system.LinkRight;
import io.sluice.service.system.ServiceChanges;
import io.sluice.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ties services to scripts, in the transaction that changes a service: a script service's text and link are kept in the room
 * {@code script}; scripts linked to a changed service are read again; a service that scripts are linked to stays.
 *
 * @param changed done after each change of a service
 */
record ScriptServiceChanges(Scripts scripts, LinkRight links, Runnable changed) implements ServiceChanges {
    @Override
    public void saved(Tx tx, ServiceDefinition definition, Caller caller) {
        tx.afterCommit(changed);
        if (isScript(definition)) {
            save(tx, ScriptServiceConfig.script(definition), caller);
        } else {
            tx.afterCommit(() -> scripts.serviceChanged(definition.id()));
        }
    }

    private boolean isScript(ServiceDefinition definition) {
        return scripts.languages().stream()
                .anyMatch(language -> language.name().equals(definition.type())
                        || language.aliases().contains(definition.type()));
    }

    private void save(Tx tx, ScriptDefinition script, Caller caller) {
        Optional<ScriptDefinition> before = scripts.definition(tx, script.id()).map(SavedScript::definition);
        links.check(caller, before, script);
        if (before.isPresent()) {
            scripts.update(tx, script, OptionalLong.empty());
        } else {
            scripts.create(tx, script, OptionalLong.empty());
        }
    }

    @Override
    public void renaming(Tx tx, long id, String from, String to) {
        if (scripts.definition(tx, ScriptId.service(from)).isPresent()) {
            scripts.rename(tx, ScriptId.service(from), ScriptId.service(to));
        }
    }

    @Override
    public void deleting(Tx tx, long id, String name) {
        tx.afterCommit(changed);
        List<String> linked = scripts.linkedTo(id);
        if (!linked.isEmpty()) {
            throw ApiException.conflict("The service '" + name + "' cannot be deleted while scripts are linked to it: "
                    + String.join(", ", linked) + ".");
        }
        if (scripts.definition(tx, ScriptId.service(name)).isPresent()) {
            scripts.delete(tx, ScriptId.service(name));
        }
    }
}
