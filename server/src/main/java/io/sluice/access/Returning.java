package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.KeptCaller;
import java.util.Optional;

/** Tells who a kept caller is now. Thread-safe. */
final class Returning {
    private final Memory memory;

    Returning(Memory memory) {
        this.memory = memory;
    }

    /** The caller with the rights of now, acting through a script; a 403 when what their rights came from is gone. */
    Caller again(KeptCaller kept) {
        if (kept.platform()) {
            return Caller.PLATFORM;
        }
        Snapshot now = memory.now();
        Optional<Apps.Entry> app = kept.app().map(id -> app(now, id));
        Optional<People.Entry> person = kept.person().map(this::person);
        Optional<String> key = kept.keySent() ? app.map(Apps.Entry::key) : Optional.empty();
        Caller caller = Callers.of(now, app, person, new Credentials(key, Optional.empty(), Optional.empty()));
        if (kept.role().isPresent() && !caller.unrestricted()) {
            role(now, caller);
        }
        return caller.asScript();
    }

    private static Apps.Entry app(Snapshot now, long id) {
        Apps.Entry app = now.apps().get(id);
        if (app == null || !app.active()) {
            throw ApiException.forbidden("The app of its caller (" + id + ") was deleted or deactivated meanwhile.");
        }
        return app;
    }

    private People.Entry person(long id) {
        return memory.people()
                .find(id)
                .filter(People.Entry::active)
                .orElseThrow(() -> ApiException.forbidden(
                        "The account of its caller (" + id + ") was deleted or deactivated meanwhile."));
    }

    private static void role(Snapshot now, Caller caller) {
        Caller.Role role = caller.role()
                .orElseThrow(() ->
                        ApiException.forbidden("The role of its caller was deleted or taken from them meanwhile."));
        RoleRules rules = now.roles().get(role.id());
        if (rules == null || !rules.active()) {
            throw ApiException.forbidden("The role '" + role.name() + "' of its caller was deactivated meanwhile.");
        }
    }
}
