package io.sluice.service.git;

/** A name and a secret for one host. Never printed. */
record Credentials(String username, String secret) {
    @Override
    public String toString() {
        return "credentials of " + username;
    }
}
