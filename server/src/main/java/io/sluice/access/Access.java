package io.sluice.access;

import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Caller;
import io.sluice.api.KeptCaller;
import io.sluice.api.Rights;
import io.sluice.api.Verb;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides who makes a call and whether they may. Answers from memory, which follows each commit; the system database is read
 * only for a person who was not seen lately. Thread-safe.
 */
public final class Access {
    private final Memory memory;
    private final Identity identity;
    private final Directory directory;
    private final Sessions sessions;

    public Access(Store store, Secrets secrets, Clock clock) {
        People people = new People(store, secrets.subkey("person fingerprint", "HmacSHA256"));
        Passwords passwords = new Passwords();
        Tokens tokens = new Tokens(secrets.subkey("session tokens", "HmacSHA256"), clock);
        this.memory = new Memory(store, people);
        this.identity = new Identity(store, clock, people, passwords, tokens);
        this.directory = new Directory(store, memory, passwords, new Stamps(clock));
        this.sessions = new Sessions(store, memory, identity, directory, clock);
    }

    /** What is done after each change of roles, apps or lookups, from then on; in the place of what was asked for before. */
    public void onChange(Runnable what) {
        memory.onChange(what);
    }

    /** The records of this room. */
    public Directory directory() {
        return directory;
    }

    /** Logging in and out, and what people may change about themselves. */
    public Sessions sessions() {
        return sessions;
    }

    /** Who makes this call. A bad token is an ApiException also where no right is needed. */
    public Caller identify(ApiRequest request) {
        Credentials sent = sent(request);
        Snapshot now = memory.now();
        Optional<Apps.Entry> app = sent.apiKey().map(now.appsByKey()::get);
        if (app.isPresent() && !app.get().active()) {
            throw ApiException.forbidden("App is not active.");
        }
        if (isSession(request) && request.verb() != Verb.GET) {
            return Callers.of(now, app, sessionOrNobody(request, sent, now), sent);
        }
        return Callers.of(now, app, person(sent, now, request.remoteAddress()), sent);
    }

    /**
     * Who a kept caller is now, acting through a script, with the rights of now. A 403 that says why when their account, app or role is
     * gone or not active any more.
     */
    public Caller again(KeptCaller kept) {
        return new Returning(memory).again(kept);
    }

    private static Credentials sent(ApiRequest request) {
        return Credentials.of(
                request.service(), request.resource(), request.headers(), request.parameters(), request.body());
    }

    private Optional<People.Entry> person(Credentials sent, Snapshot now, String address) {
        if (sent.token().isPresent()) {
            return Optional.of(identity.session(sent.token().get(), now).person());
        }
        return sent.basic().map(login -> identity.basic(login, address));
    }

    /** A login ignores tokens; a refresh takes expired ones and says itself what is wrong; a logout never fails. */
    private Optional<People.Entry> sessionOrNobody(ApiRequest request, Credentials sent, Snapshot now) {
        if (request.verb() == Verb.POST || sent.token().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(identity.session(sent.token().get(), now).person());
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    private static boolean isSession(ApiRequest request) {
        String resource = RoleRules.normal(request.resource().text());
        return (request.service().equals("user") && resource.equals("session"))
                || (request.service().equals("system") && resource.equals("admin/session"));
    }

    /**
     * The call, if its caller may make it; else the ApiException of rest-api.md 4.10. For a script's call the credentials on the
     * request are not looked at.
     *
     * @param serviceId empty when there is no such service
     */
    public AuthorisedRequest authorise(ApiRequest request, Caller caller, OptionalLong serviceId) {
        Rights rights = rights(caller, serviceId);
        String component = request.resource().text();
        if (rights.may(request.verb(), component)
                || Decision.open(request.service(), RoleRules.normal(component), request.verb())
                || isListOfOwn(request, caller, serviceId)) {
            return new AuthorisedRequest(request, caller, rights);
        }
        boolean keySent = caller.requestor() == Caller.Requestor.SCRIPT
                ? caller.apiKey().isPresent()
                : sent(request).apiKey().isPresent();
        throw Decision.refused(caller, role(caller), keySent, request.verb(), component, request.service());
    }

    /** {@code GET _schema} is open to whoever may read anything on that service; the list is filtered by their rights. */
    private boolean isListOfOwn(ApiRequest request, Caller caller, OptionalLong serviceId) {
        return request.verb() == Verb.GET
                && RoleRules.normal(request.resource().text()).equals("_schema")
                && role(caller)
                        .filter(role ->
                                role.anywhere(serviceId, caller.requestor().mask(), Verb.GET.mask()))
                        .isPresent();
    }

    /** What the caller may do with that service. */
    public Rights rights(Caller caller, OptionalLong serviceId) {
        if (caller.unrestricted()) {
            return Rights.ALL;
        }
        Snapshot now = memory.now();
        return role(caller)
                .<Rights>map(role -> new RoleRights(
                        role, serviceId, caller.requestor().mask(), new LookupText(caller, now.lookups())))
                .orElse(RoleRights.NONE);
    }

    /** Whether the caller may do anything at all with that service. */
    public boolean reaches(Caller caller, long serviceId) {
        return caller.unrestricted()
                || role(caller)
                        .filter(role -> role.reaches(
                                OptionalLong.of(serviceId), caller.requestor().mask()))
                        .isPresent();
    }

    /** The lookups that everybody may know, by name. */
    public Map<String, String> openLookups() {
        return memory.now().lookups();
    }

    /** A private one. Only for who was told that they may have it. */
    public Optional<String> secretLookup(String name) {
        return Optional.ofNullable(memory.now().secretLookups().get(name));
    }

    /** What a role allows, row by row, in the field names of {@code role_service_access_by_role_id}. */
    public List<Map<String, @Nullable Object>> allowed(Caller.Role role) {
        RoleRules rules = memory.now().roles().get(role.id());
        return rules == null ? List.of() : rules.shown();
    }

    private Optional<RoleRules> role(Caller caller) {
        return caller.role().map(role -> memory.now().roles().get(role.id()));
    }
}
