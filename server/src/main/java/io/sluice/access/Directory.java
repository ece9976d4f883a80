package io.sluice.access;

import io.sluice.api.Caller;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of administrators, users, roles, apps and lookups. Thread-safe. */
public final class Directory {
    /** The key that the admin applications of this API have built in. It grants nothing: its app has no role. */
    private static final String ADMIN_APP_KEY = "6498a8ad1beb9d84d63035c5d1120c007fad6de706734db9689f8996707e0f7d";

    private final Store store;
    private final Family admins;
    private final Family users;
    private final Family roles;
    private final Family apps;
    private final Family lookups;

    Directory(Store store, Memory memory, Passwords passwords, Stamps stamps) {
        this.store = store;
        this.admins = Persons.family(true, passwords, stamps, memory.people()::changed);
        this.users = Persons.family(false, passwords, stamps, memory.people()::changed);
        this.roles = Roles.family(stamps, memory::changed);
        this.apps = Apps.family(stamps, memory::changed);
        this.lookups = LookupRecords.family(stamps, memory::changed);
    }

    public Records admins() {
        return admins;
    }

    public Records users() {
        return users;
    }

    /** Nested: {@code role_service_access_by_role_id}, {@code user_to_app_to_role_by_role_id}. */
    public Records roles() {
        return roles;
    }

    public Records apps() {
        return apps;
    }

    public Records lookups() {
        return lookups;
    }

    /** An API key for an app: 64 hex digits. */
    public String freshKey() {
        return Apps.freshKey();
    }

    public boolean anyAdministrator() {
        return store.read(tx -> Persons.TABLE.exists(tx, "is_sys_admin = ? and is_active = ?", true, true));
    }

    /**
     * Makes an administrator; their id. A password under 16 characters, a bad or taken email is an ApiException with status 400
     * that says so.
     */
    public long createAdministrator(String email, String password) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put("email", email);
        record.put("password", password);
        return store.write(tx -> Family.id(admins.create(tx, record, Caller.PLATFORM)));
    }

    /** What a fresh installation has: the app {@code admin}. */
    public void seed(Tx tx) {
        Map<String, @Nullable Object> app = new LinkedHashMap<>();
        app.put("name", "admin");
        app.put("api_key", ADMIN_APP_KEY);
        app.put("description", "The key of admin applications; it has no role of its own.");
        apps.create(tx, app, Caller.PLATFORM);
    }

    /** Takes a service that is gone out of all roles. */
    public void forgetService(Tx tx, long serviceId) {
        Roles.forgetService(tx, serviceId);
        roles.changed().accept(tx);
    }

    /** The active apps with something to launch that a person may use, as app records. */
    public List<Map<String, @Nullable Object>> launchable(Caller caller) {
        if (caller.person().isEmpty()) {
            return List.of();
        }
        long person = caller.person().get().id();
        return store.read(tx -> {
            Map<Long, Long> mine = Assignments.of(tx, person);
            return apps.all(tx).stream()
                    .filter(app -> Boolean.TRUE.equals(app.get("is_active")))
                    .filter(app -> app.get("type") instanceof Long type && type != 0)
                    .filter(app -> caller.unrestricted()
                            || app.get("role_id") != null
                            || (app.get("id") instanceof Long id && mine.containsKey(id)))
                    .toList();
        });
    }
}
