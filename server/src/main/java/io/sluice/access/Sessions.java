package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.ServiceRequest;
import io.sluice.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Logging in and out: the {@code session}, {@code password} and {@code profile} resources, for administrators or users. Thread-safe. */
public final class Sessions {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private final Store store;
    private final Memory memory;
    private final Identity identity;
    private final Accounts accounts;
    private final Clock clock;

    Sessions(Store store, Memory memory, Identity identity, Directory directory, Clock clock) {
        this.store = store;
        this.memory = memory;
        this.identity = identity;
        this.accounts = new Accounts(store, memory, identity, directory);
        this.clock = clock;
    }

    /** Changes of password and profile. */
    public Accounts accounts() {
        return accounts;
    }

    /**
     * Logs in with {@code email} and {@code password} of the payload: {@code session_token}, {@code session_id}, {@code id},
     * {@code name}, … {@code role} and {@code role_id} when the app that was named gives one. 400 when a field is missing, 401 when
     * they do not fit, 403 when the role is not active, 429 after too many failures.
     */
    public Map<String, @Nullable Object> login(ServiceRequest request, boolean admin) {
        String email = required(request, "email");
        String password = required(request, "password");
        People.Entry person = identity.byPassword(email, password, admin, request.remoteAddress())
                .orElseThrow(() -> ApiException.unauthorized("Invalid credentials supplied."));
        Optional<Apps.Entry> app = app(request.caller());
        if (role(person, app).filter(role -> !role.active()).isPresent()) {
            throw ApiException.forbidden(Decision.ROLE_INACTIVE);
        }
        return started(seen(person), app);
    }

    private static String required(ServiceRequest request, String field) {
        Object value = request.payload() instanceof Map<?, ?> payload ? payload.get(field) : null;
        if (!(value instanceof String text) || text.isEmpty()) {
            throw ApiException.badRequest("Login request is missing required " + field + ".");
        }
        return text;
    }

    /** Writes down the login; the entry with its new date. */
    private People.Entry seen(People.Entry person) {
        long id = person.person().id();
        store.write(tx -> {
            memory.people().forget(tx, id);
            return tx.update("update person set last_login_date = ? where id = ?", new Stamps(clock).now(), id);
        });
        return memory.people().find(id).orElse(person);
    }

    private Map<String, @Nullable Object> started(People.Entry person, Optional<Apps.Entry> app) {
        OptionalLong bound = app.isPresent() ? OptionalLong.of(app.get().id()) : OptionalLong.empty();
        String token = identity.tokens().issue(person, bound);
        return shown(
                person, app, Optional.of(token), Optional.of(clock.instant().plus(Tokens.LIFE)));
    }

    /** The session of this call. Without one: 404 for administrators, 401 for users; 401 for a user among administrators. */
    public Map<String, @Nullable Object> current(ServiceRequest request, boolean admin) {
        Caller caller = request.caller();
        if (caller.person().isEmpty()) {
            throw admin
                    ? ApiException.notFound("No user session found.")
                    : ApiException.unauthorized("There is no valid session for the current request.");
        }
        if (admin && !caller.person().get().admin()) {
            throw ApiException.unauthorized("You are not authorized to perform this action.");
        }
        People.Entry person = memory.people()
                .find(caller.person().get().id())
                .orElseThrow(() -> ApiException.notFound("No user session found."));
        Optional<Instant> expires =
                caller.token().map(token -> identity.tokens().verify(token).expires());
        return shown(person, app(caller), caller.token(), expires);
    }

    /** Exchanges the token of this call for a new one and ends it. 401 when that cannot be. */
    public Map<String, @Nullable Object> refresh(ServiceRequest request, boolean admin) {
        String token = token(request)
                .orElseThrow(() -> ApiException.unauthorized("Token refresh failed. No session token was sent."));
        return started(identity.exchange(token, memory.now(), admin), app(request.caller()));
    }

    /** Ends the token of this call, if there is one that holds. */
    public void end(ServiceRequest request) {
        token(request).ifPresent(identity::end);
    }

    private static Optional<String> token(ServiceRequest request) {
        return request.caller().requestor() == Caller.Requestor.SCRIPT
                ? request.caller().token()
                : Credentials.of(
                                request.service(),
                                request.resource(),
                                request.headers(),
                                request.parameters(),
                                request.body())
                        .token();
    }

    private Optional<Apps.Entry> app(Caller caller) {
        return caller.app().map(app -> memory.now().apps().get(app.id()));
    }

    private Optional<RoleRules> role(People.Entry person, Optional<Apps.Entry> app) {
        return person.unrestricted() ? Optional.empty() : memory.now().role(Optional.of(person), app);
    }

    private Map<String, @Nullable Object> shown(
            People.Entry entry, Optional<Apps.Entry> app, Optional<String> token, Optional<Instant> expires) {
        Caller.Person person = entry.person();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("session_token", token.orElse(null));
        shown.put("session_id", token.orElse(null));
        shown.put("id", person.id());
        shown.put("name", person.name());
        shown.put("first_name", person.firstName());
        shown.put("last_name", person.lastName());
        shown.put("email", person.email());
        shown.put("is_sys_admin", person.admin());
        shown.put("last_login_date", person.lastLoginDate().isEmpty() ? null : person.lastLoginDate());
        shown.put("token_expiry_date", expires.map(TIME::format).orElse(null));
        role(entry, app).ifPresent(role -> {
            shown.put("role", role.name());
            shown.put("role_id", role.id());
        });
        return shown;
    }
}
