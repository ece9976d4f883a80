package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Verb;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.service.GitHost;
import io.sluice.service.Services;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whoever links a script must have the right to read what it is linked to: the text is read as the platform from then on, and shown with
 * the script's versions.
 */
public record LinkRight(Access access, Services services) {
    /** @param before the record as it stands, when there is one: a link that stays is nobody's new one */
    public void check(Caller caller, Optional<ScriptDefinition> before, ScriptDefinition script) {
        Optional<Link> link = script.link();
        if (link.isPresent() && !link.equals(before.flatMap(ScriptDefinition::link))) {
            check(caller, link.get());
        }
    }

    private void check(Caller caller, Link link) {
        if (!access.rights(caller, OptionalLong.of(link.serviceId())).may(Verb.GET, component(link))) {
            throw ApiException.forbidden("The script cannot be linked: you may not read '" + component(link)
                    + "' of the service with the id " + link.serviceId() + " yourself.");
        }
    }

    /** As a call that reads it would name it. */
    private String component(Link link) {
        String path = link.address().path();
        boolean git = services.byId(link.serviceId())
                .filter(running -> running.service() instanceof GitHost)
                .isPresent();
        return git ? "_repo/" + link.repository() + "/" + path : path;
    }
}
