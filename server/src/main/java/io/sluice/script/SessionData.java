package io.sluice.script;

import io.sluice.api.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What scripts see as {@code platform.session}: who is served, without their secrets. Pure. */
final class SessionData {
    private SessionData() {}

    /** @param token stands for the caller's key and session token, where there are any */
    static Map<String, @Nullable Object> of(Caller caller, String token) {
        Map<String, @Nullable Object> session = new LinkedHashMap<>();
        session.put("api_key", caller.apiKey().isPresent() ? token : null);
        session.put("session_token", caller.token().isPresent() ? token : null);
        caller.person().ifPresent(person -> session.put("user", user(person)));
        session.put("app", null);
        caller.app().ifPresent(app -> session.put("app", named(app.id(), app.name())));
        caller.role().ifPresent(role -> session.put("role", named(role.id(), role.name())));
        session.put("lookup", new LinkedHashMap<>());
        session.put("requestor", Caller.Requestor.SCRIPT.name());
        return session;
    }

    private static Map<String, @Nullable Object> user(Caller.Person person) {
        Map<String, @Nullable Object> user = new LinkedHashMap<>();
        user.put("id", person.id());
        user.put("name", person.name());
        user.put("username", person.username());
        user.put("display_name", person.name());
        user.put("first_name", person.firstName());
        user.put("last_name", person.lastName());
        user.put("email", person.email());
        user.put("is_sys_admin", person.admin());
        user.put("last_login_date", person.lastLoginDate());
        return user;
    }

    private static Map<String, @Nullable Object> named(long id, String name) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("name", name);
        return map;
    }
}
