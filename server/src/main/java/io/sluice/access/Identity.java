package io.sluice.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.api.ApiException;
import io.sluice.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells who it is from a token or from email and password. Thread-safe. */
final class Identity {
    private static final String ENDED = "Session terminated. Please re-login.";
    private final Store store;
    private final Clock clock;
    private final People people;
    private final Passwords passwords;
    private final Tokens tokens;
    private final EndedSessions ended;
    private final LoginAttempts attempts;
    /** By a keyed hash of the credentials, since Argon2 on every call would be dear. */
    private final Cache<String, Proven> proven = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    private record Proven(long person, String fingerprint) {}

    Identity(Store store, Clock clock, People people, Passwords passwords, Tokens tokens) {
        this.store = store;
        this.clock = clock;
        this.people = people;
        this.passwords = passwords;
        this.tokens = tokens;
        this.ended = new EndedSessions(store, clock);
        this.attempts = new LoginAttempts(clock);
    }

    /** A token that holds, with whom it belongs to. */
    record Session(Tokens.Token token, People.Entry person) {}

    /** The session of a token; 401 when it is expired or not ours, 403 when it was ended. */
    Session session(String text, Snapshot now) {
        Tokens.Token token = tokens.verify(text);
        if (!clock.instant().isBefore(token.expires())) {
            throw ApiException.unauthorized("Token has expired: Session expired. Please refresh your token"
                    + " (if still within refresh window) or re-login.");
        }
        return new Session(token, owner(token, now));
    }

    /** Who a token belongs to, however old it is. */
    private People.Entry owner(Tokens.Token token, Snapshot now) {
        if (ended.has(token)) {
            throw ApiException.forbidden("Token has been ended: " + ENDED);
        }
        People.Entry person = people.find(token.person())
                .filter(People.Entry::active)
                .orElseThrow(() -> ApiException.forbidden("The account of this token is not active: " + ENDED));
        if (!same(person.fingerprint(), token.fingerprint())) {
            throw ApiException.forbidden("The password or email of this account has changed: " + ENDED);
        }
        if (token.app().isPresent()) {
            alive(now.apps().get(token.app().getAsLong()));
        }
        return person;
    }

    private static void alive(Apps.@Nullable Entry app) {
        if (app == null) {
            throw ApiException.forbidden("The app of this token is gone: " + ENDED);
        }
        if (!app.active()) {
            throw ApiException.forbidden("App is not active.");
        }
    }

    /** The owner of a token that may still be exchanged; it is ended by this. All failures are 401. */
    People.Entry exchange(String text, Snapshot now, boolean admin) {
        try {
            Tokens.Token token = tokens.verify(text);
            People.Entry person = owner(token, now);
            if (person.person().admin() != admin) {
                throw ApiException.unauthorized("it belongs to another kind of account.");
            }
            if (!clock.instant().isBefore(token.refreshableUntil())) {
                throw ApiException.unauthorized("it is too old. Please re-login.");
            }
            if (!ended.end(token)) {
                throw ApiException.unauthorized(ENDED);
            }
            return person;
        } catch (ApiException e) {
            throw ApiException.unauthorized("Token refresh failed. " + e.error().message());
        }
    }

    /** Ends a token; one that does not hold anyway is left alone. */
    void end(String text) {
        Tokens.Token token;
        try {
            token = tokens.verify(text);
        } catch (ApiException e) {
            return; // nobody can do anything with it
        }
        ended.end(token);
    }

    Tokens tokens() {
        return tokens;
    }

    /** The active person with that email and password, administrators or users. Too many failures are a 429. */
    Optional<People.Entry> byPassword(String email, String password, boolean admin, String address) {
        return attempts.attempt(email, address, () -> check(email, password, admin));
    }

    private Optional<People.Entry> check(String email, String password, boolean admin) {
        Optional<Map<String, @Nullable Object>> row = store.read(tx -> Persons.byEmail(tx, email, admin));
        Optional<String> stored = row.map(found -> found.get("password")).map(Object::toString);
        if (!passwords.fits(password, stored)) {
            return Optional.empty();
        }
        return row.map(found -> found.get("id"))
                .flatMap(id -> people.find((Long) id))
                .filter(People.Entry::active);
    }

    /** Whether that is this person's password; failures count like those of a login. */
    boolean isPasswordOf(People.Entry person, String password, String address) {
        return byPassword(person.person().email(), password, person.person().admin(), address)
                .isPresent();
    }

    /** The person of basic authentication, {@code email:password}; 401 when there is none. */
    People.Entry basic(String login, String address) {
        String key = people.keyed("basic\n" + login);
        Proven known = proven.getIfPresent(key);
        if (known != null) {
            Optional<People.Entry> person = people.find(known.person())
                    .filter(People.Entry::active)
                    .filter(entry -> same(entry.fingerprint(), known.fingerprint()));
            if (person.isPresent()) {
                return person.get();
            }
        }
        People.Entry person = provenNow(login, address);
        proven.put(key, new Proven(person.person().id(), person.fingerprint()));
        return person;
    }

    private People.Entry provenNow(String login, String address) {
        int colon = login.indexOf(':');
        String email = colon < 0 ? login : login.substring(0, colon);
        String password = colon < 0 ? "" : login.substring(colon + 1);
        boolean admin = store.read(tx -> Persons.byEmail(tx, email, true)).isPresent();
        return byPassword(email, password, admin, address)
                .orElseThrow(() -> ApiException.unauthorized("Unauthorized. User credentials did not match."));
    }

    private static boolean same(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
