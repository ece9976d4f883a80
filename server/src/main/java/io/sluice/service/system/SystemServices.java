package io.sluice.service.system;

/** The door of this room; completed by the access helper, wired in {@code app}. */
public final class SystemServices {
    private SystemServices() {}
}
