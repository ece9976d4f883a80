package io.sluice.access;

import io.sluice.api.Caller;
import java.util.Optional;

/** Makes callers of what is known about them. Pure. */
final class Callers {
    private Callers() {}

    static Caller of(Snapshot now, Optional<Apps.Entry> app, Optional<People.Entry> person, Credentials sent) {
        boolean unrestricted = person.filter(People.Entry::unrestricted).isPresent();
        Optional<RoleRules> role = unrestricted ? Optional.empty() : now.role(person, app);
        return new Caller(
                Caller.Requestor.API,
                person.map(People.Entry::person),
                app.map(entry -> new Caller.App(entry.id(), entry.name())),
                role.map(rules -> new Caller.Role(rules.id(), rules.name())),
                app.flatMap(entry -> sent.apiKey()),
                person.flatMap(entry -> sent.token()),
                unrestricted);
    }
}
