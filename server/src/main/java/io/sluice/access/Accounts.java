package io.sluice.access;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.ServiceRequest;
import io.sluice.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What people change about themselves. A new password or email ends all their tokens. Thread-safe. */
public final class Accounts {
    private static final List<String> OPEN = List.of(
            "username", "first_name", "last_name", "name", "email", "phone", "security_question", "default_app_id");
    private final Store store;
    private final Memory memory;
    private final Identity identity;
    private final Directory directory;

    Accounts(Store store, Memory memory, Identity identity, Directory directory) {
        this.store = store;
        this.memory = memory;
        this.identity = identity;
        this.directory = directory;
    }

    /**
     * Sets {@code new_password} of the payload if {@code old_password} fits. A new token when {@code ?login=true}. 400 when it does
     * not fit or is too short, 501 for a reset by mail.
     */
    public Optional<String> changePassword(ServiceRequest request, boolean admin) {
        Map<String, @Nullable Object> payload = payload(request);
        if (request.parameters().flag("reset") || payload.containsKey("code")) {
            throw ApiException.notImplemented(
                    "A password cannot be reset by mail on this server. Ask an administrator to set a new one.");
        }
        if (!(payload.get("old_password") instanceof String old)
                || !(payload.get("new_password") instanceof String fresh)) {
            throw ApiException.badRequest("Not enough information provided to change password.");
        }
        People.Entry person = self(request, admin);
        if (!identity.isPasswordOf(person, old, request.remoteAddress())) {
            throw ApiException.badRequest("The password supplied does not match.");
        }
        save(person, Map.of("password", fresh), request.caller());
        return request.parameters().flag("login") ? Optional.of(newToken(person, request)) : Optional.empty();
    }

    /** The fields that a person sees of themselves. */
    public Map<String, @Nullable Object> profile(ServiceRequest request, boolean admin) {
        People.Entry person = self(request, admin);
        Map<String, @Nullable Object> record =
                store.read(tx -> records(person).byId(tx, person.person().id()).orElseThrow(Accounts::noSession));
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        OPEN.forEach(name -> shown.put(name, record.get(name)));
        shown.put("oauth_provider", null);
        shown.put("adldap", null);
        return shown;
    }

    /** Changes the profile. A new token when the email has changed, for which {@code current_password} is needed. */
    public Optional<String> changeProfile(ServiceRequest request, boolean admin) {
        People.Entry person = self(request, admin);
        Map<String, @Nullable Object> payload = payload(request);
        Map<String, @Nullable Object> changes = new LinkedHashMap<>(payload);
        changes.keySet().removeIf(name -> !OPEN.contains(name) && !name.equals("security_answer"));
        boolean email = changes.get("email") != null
                && !person.person().email().equalsIgnoreCase(String.valueOf(changes.get("email")));
        if (email
                && !(payload.get("current_password") instanceof String password
                        && identity.isPasswordOf(person, password, request.remoteAddress()))) {
            throw ApiException.badRequest("Current Password required to change email");
        }
        save(person, changes, request.caller());
        return email ? Optional.of(newToken(person, request)) : Optional.empty();
    }

    private static Map<String, @Nullable Object> payload(ServiceRequest request) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        if (request.payload() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> named.put(String.valueOf(name), value));
        }
        return named;
    }

    private People.Entry self(ServiceRequest request, boolean admin) {
        Caller.Person person = request.caller().person().orElseThrow(Accounts::noSession);
        if (admin && !person.admin()) {
            throw ApiException.unauthorized("You are not authorized to perform this action.");
        }
        return memory.people().find(person.id()).orElseThrow(Accounts::noSession);
    }

    private static ApiException noSession() {
        return new ApiException(ApiError.of(401, "There is no valid session for the current request."));
    }

    private void save(People.Entry person, Map<String, ? extends @Nullable Object> changes, Caller caller) {
        store.write(tx -> records(person).update(tx, person.person().id(), new LinkedHashMap<>(changes), caller));
    }

    private Records records(People.Entry person) {
        return person.person().admin() ? directory.admins() : directory.users();
    }

    private String newToken(People.Entry person, ServiceRequest request) {
        People.Entry now = Objects.requireNonNull(
                memory.people().find(person.person().id()).orElse(person));
        OptionalLong app = request.caller().app().isPresent()
                ? OptionalLong.of(request.caller().app().get().id())
                : OptionalLong.empty();
        return identity.tokens().issue(now, app);
    }
}
