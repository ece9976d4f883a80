package io.sluice.script;

import io.sluice.api.Caller;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What scripts see as {@code platform.session}: who is served, without their secrets. */
final class SessionData {
    private SessionData() {}

    /** The token of these values stands for the caller's key and session token, where there are any. */
    static Map<String, @Nullable Object> of(LookupValues values, Surroundings around) {
        Caller caller = values.caller();
        Map<String, @Nullable Object> session = new LinkedHashMap<>();
        session.put("api_key", caller.apiKey().isPresent() ? values.token() : null);
        session.put("session_token", caller.token().isPresent() ? values.token() : null);
        caller.person().ifPresent(person -> session.put("user", user(person)));
        caller.app().ifPresent(app -> session.put("app", named(app.id(), app.name())));
        caller.role().ifPresent(role -> session.put("role", role(role, around)));
        session.put("lookup", values.open());
        session.put("lookup_secret", values.secrets());
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

    private static Map<String, @Nullable Object> role(Caller.Role role, Surroundings around) {
        Map<String, @Nullable Object> map = named(role.id(), role.name());
        map.put("services", new WhenAsked(() -> around.allowed(role)));
        return map;
    }

    private static Map<String, @Nullable Object> named(long id, String name) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("name", name);
        return map;
    }

    /** Few scripts look at it, and all would pay for it. Confined to the thread of the run. */
    private static final class WhenAsked extends AbstractList<Map<String, @Nullable Object>> {
        private final Supplier<List<Map<String, @Nullable Object>>> make;
        private @Nullable List<Map<String, @Nullable Object>> made;

        WhenAsked(Supplier<List<Map<String, @Nullable Object>>> make) {
            this.make = make;
        }

        private List<Map<String, @Nullable Object>> made() {
            @Nullable List<Map<String, @Nullable Object>> known = made;
            if (known == null) {
                known = make.get();
                made = known;
            }
            return known;
        }

        @Override
        public Map<String, @Nullable Object> get(int index) {
            return made().get(index);
        }

        @Override
        public int size() {
            return made().size();
        }
    }
}
