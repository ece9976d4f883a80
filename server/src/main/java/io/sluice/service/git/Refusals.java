package io.sluice.service.git;

/**
 * What refusals of a host's API mean. Its own words are not repeated: they may echo what was sent.
 *
 * @param product whose API it is: {@code GitHub}
 */
record Refusals(String host, String product, boolean hasCredentials) {
    /** Throws unless the answer is a success. */
    void check(ApiAnswer answer, String what) throws NotRead {
        if (!answer.ok()) {
            throw refused(answer.status(), what);
        }
    }

    private NotRead refused(int status, String what) {
        return switch (status) {
            case 404, 410, 409, 422 ->
                NotRead.missing("there is no " + what + " at " + host
                        + (hasCredentials
                                ? ", or the token of this service may not see it"
                                : ", or it is private and this service has no token"));
            case 401 ->
                NotRead.refused(
                        hasCredentials
                                ? "the host " + host
                                        + " refuses the token of this service (status 401); it may have expired"
                                : "the host " + host + " asks for a token (status 401) and this service has none",
                        null);
            case 403 ->
                NotRead.refused(
                        "the host " + host + " forbids this (status 403); check what the token of this service may do",
                        null);
            default -> NotRead.unreachable("the host " + host + " answered with status " + status, null);
        };
    }

    /** Throws unless a write was done, and says which right it takes. Hosts hide with a 404 what a token may not do. */
    void checkWrite(ApiAnswer answer, String what, String right) throws NotRead {
        if (answer.ok()) {
            return;
        }
        int status = answer.status();
        boolean denied = status == 401 || status == 403 || status == 404;
        throw NotRead.unreachable(
                "the host " + host + " did not take " + what + " (status " + status + ")"
                        + (denied
                                ? ": " + (hasCredentials ? "the token needs " : "it takes a token with ") + right
                                : ""),
                null);
    }

    /** An answer that the host's API would not give: a proxy's page, a truncated text. */
    NotRead nonsense() {
        return NotRead.unreachable("the answer of " + host + " is not that of " + product + "'s API", null);
    }

    NotRead notTheFile() {
        return NotRead.unreachable("the host " + host + " answered with something other than the file", null);
    }
}
