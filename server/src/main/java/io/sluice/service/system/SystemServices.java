package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.access.Directory;
import io.sluice.access.Sessions;
import io.sluice.access.Stamps;
import io.sluice.api.CorsRule;
import io.sluice.observe.Observe;
import io.sluice.service.SchemaSettings;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import io.sluice.service.Services;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room. Made before the services run; then, once all types are registered, {@link #startAll} brings up what
 * the records say. Thread-safe.
 */
public final class SystemServices {
    private final Store store;
    private final Clock clock;
    private final Services services;
    private final ServiceRecords records;
    private final Starting starting;
    private final Seeds seeds;
    private final RootIndex rootIndex;
    private final ServiceType system;
    private final ServiceType user;
    private final ServiceType apiDocs;
    private final CorsFamily cors;

    /**
     * @param version of Sluice, for {@code system/environment}
     * @param changes told about every change of a service's record
     * @param further resources of {@code system} that are made elsewhere
     */
    public SystemServices(
            Store store,
            Secrets secrets,
            Access access,
            Services services,
            Observe observe,
            Clock clock,
            String version,
            ServiceChanges changes,
            List<SystemResource> further) {
        Stamps stamps = new Stamps(clock);
        this.store = store;
        this.clock = clock;
        this.services = services;
        this.records = new ServiceRecords(services, secrets);
        this.starting = new Starting(services, observe);
        this.seeds = new Seeds(services, access.directory(), stamps);
        this.rootIndex = new RootIndex(access, services);
        this.cors = new CorsFamily(store, stamps);
        this.apiDocs = new ApiDocsType(access, services, store);
        ServiceFamily family = new ServiceFamily(records, services, starting, access.directory(), changes, stamps);
        this.system = new OwnType(
                "system",
                "System Management Service",
                "Service for managing system resources.",
                "System",
                Stream.concat(own(access, version, family).stream(), further.stream())
                        .toList());
        this.user = new OwnType(
                "user",
                "User Management Service",
                "User management service for handling user sessions.",
                "User",
                account("", access.sessions(), false));
    }

    private List<SystemResource> own(Access access, String version, ServiceFamily family) {
        Directory directory = access.directory();
        List<SystemResource> resources = List.of(
                resource(AccessFamily.of(directory.admins())),
                resource(AccessFamily.of(directory.users())),
                resource(AccessFamily.of(directory.roles())),
                resource(AccessFamily.apps(directory.apps(), directory::freshKey)),
                resource(AccessFamily.of(directory.lookups())),
                resource(family),
                resource(cors),
                new ServiceTypeResource(services),
                new EnvironmentResource(directory, version),
                new ConstantResource());
        return Stream.concat(resources.stream(), account("admin/", access.sessions(), true).stream())
                .toList();
    }

    private SystemResource resource(RecordFamily family) {
        return new RecordResource(store, family);
    }

    private static List<SystemResource> account(String prefix, Sessions sessions, boolean admin) {
        return List.of(
                new SessionResource(prefix + "session", sessions, admin),
                new PasswordResource(prefix + "password", sessions.accounts(), admin),
                new ProfileResource(prefix + "profile", sessions.accounts(), admin));
    }

    /** To be registered in {@link Services}. */
    public List<ServiceType> types() {
        return List.of(system, apiDocs, user);
    }

    /** Which pages of other origins may call below a path, its leading slash left out. */
    public Optional<CorsRule> crossOrigin(String path) {
        return cors.rule(path);
    }

    /** What users add to the schemas of databases. */
    public SchemaSettings schemaSettings() {
        return new StoredSchemaSettings(store, clock);
    }

    public RootIndex rootIndex() {
        return rootIndex;
    }

    /**
     * Makes what a fresh installation needs and starts every active service. One that fails is observed and answers 503; the
     * others start.
     *
     * @return whether the installation was fresh
     */
    public boolean startAll() {
        boolean fresh = store.write(seeds::plant);
        store.read(tx -> ServiceRecords.TABLE.list(tx, "")).forEach(this::start);
        return fresh;
    }

    private void start(Map<String, @Nullable Object> row) {
        ServiceDefinition definition;
        try {
            definition = records.definition(row);
        } catch (IllegalStateException e) {
            // Only a sealed secret can be wrong here; the message names SLUICE_SECRET_KEY.
            starting.broken(ServiceRecords.withoutConfig(row), "Its stored credentials cannot be opened.", e);
            return;
        }
        starting.put(store.read(tx -> starting.withDocument(tx, definition)));
    }
}
