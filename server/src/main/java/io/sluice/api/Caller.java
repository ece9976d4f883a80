package io.sluice.api;

import java.util.Optional;

/**
 * Who makes a call.
 *
 * @param requestor whether the call came over the wire or from a script; never taken from the wire
 * @param apiKey the key that was sent and belongs to an active app
 * @param token the session token that was sent and holds
 * @param unrestricted an administrator without a role of their own: may do everything
 */
public record Caller(
        Requestor requestor,
        Optional<Person> person,
        Optional<App> app,
        Optional<Role> role,
        Optional<String> apiKey,
        Optional<String> token,
        boolean unrestricted) {

    /** Nobody, over the wire. */
    public static final Caller ANONYMOUS = new Caller(
            Requestor.API,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);

    /** Sluice itself, for the reads that it makes on its own account. */
    public static final Caller PLATFORM = new Caller(
            Requestor.SCRIPT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);

    /** Where a call comes from, with the bits of {@code requestor_mask}. */
    public enum Requestor {
        API(1),
        SCRIPT(2);

        private final int mask;

        Requestor(int mask) {
            this.mask = mask;
        }

        public int mask() {
            return mask;
        }
    }

    /** A logged-in administrator or user. */
    public record Person(
            long id,
            String name,
            String username,
            String firstName,
            String lastName,
            String email,
            boolean admin,
            String lastLoginDate) {}

    /** The app that the API key names. */
    public record App(long id, String name) {}

    /** The role that holds for this call. */
    public record Role(long id, String name) {}

    /** The same caller, now acting through a script. */
    public Caller asScript() {
        return new Caller(Requestor.SCRIPT, person, app, role, apiKey, token, unrestricted);
    }
}
