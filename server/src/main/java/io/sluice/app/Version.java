package io.sluice.app;

/** The version of this build. */
final class Version {
    /** From the jar's manifest; {@code dev} when run from classes. */
    static final String NUMBER = number();

    private Version() {}

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
