package io.sluice.api;

import java.util.Optional;

/**
 * Who made a call, to be told again later: ids, no secrets, no rights. What they may do is found out anew.
 *
 * @param keySent whether the call carried the app's key
 * @param platform Sluice itself
 */
public record KeptCaller(
        Optional<Long> person, Optional<Long> app, Optional<Long> role, boolean keySent, boolean platform) {

    public static KeptCaller of(Caller caller) {
        return new KeptCaller(
                caller.person().map(Caller.Person::id),
                caller.app().map(Caller.App::id),
                caller.role().map(Caller.Role::id),
                caller.apiKey().isPresent(),
                caller.unrestricted() && caller.person().isEmpty());
    }
}
