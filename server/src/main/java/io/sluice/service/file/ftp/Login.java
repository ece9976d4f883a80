package io.sluice.service.file.ftp;

/** Who logs in. */
record Login(String username, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return username;
    }
}
