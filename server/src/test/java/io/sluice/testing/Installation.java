package io.sluice.testing;

import io.sluice.access.Access;
import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.observe.Observation;
import io.sluice.service.Services;
import io.sluice.service.system.ServiceChanges;
import io.sluice.service.system.SystemServices;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** Access and admin API over a real system database, without HTTP: calls go through identify, authorise and the service. */
public final class Installation implements AutoCloseable {
    public static final String ADMIN = "root.admin@example.com";
    public static final String PASSWORD = "Correct.Horse.16x";

    public final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T10:00:00Z"));
    public final List<Observation> observed = new CopyOnWriteArrayList<>();
    public final Store store;
    public final Access access;
    public final Services services = new Services(Duration.ZERO);
    public final SystemServices system;

    public Installation(Path folder) {
        this(folder, "a secret of this test", ServiceChanges.NONE);
    }

    public Installation(Path folder, String secret, ServiceChanges changes) {
        Secrets secrets = new Secrets(secret);
        store = Store.open(folder.resolve("system.db"));
        access = new Access(store, secrets, clock);
        system =
                new SystemServices(store, secrets, access, services, observed::add, clock, "0.1.0", changes, List.of());
        system.types().forEach(services::register);
        services.register(new SampleType());
    }

    /** With one administrator, and everything started. */
    public Installation started() {
        access.directory().createAdministrator(ADMIN, PASSWORD);
        system.startAll();
        return this;
    }

    public ApiRequest request(Verb verb, String path, Map<String, String> headers, Object payload) {
        int query = path.indexOf('?');
        String address = query < 0 ? path : path.substring(0, query);
        int slash = address.indexOf('/');
        return new ApiRequest(
                verb,
                "2",
                slash < 0 ? address : address.substring(0, slash),
                ResourcePath.of(slash < 0 ? "" : address.substring(slash + 1)),
                query < 0 ? Parameters.NONE : Parameters.parse(path.substring(query + 1)),
                Headers.of(headers),
                payload == null ? Body.NONE : Body.of(payload),
                "/api/v2/" + path,
                "203.0.113.7",
                false);
    }

    public AuthorisedRequest authorise(ApiRequest request) {
        return access.authorise(request, access.identify(request), serviceId(request.service()));
    }

    public OptionalLong serviceId(String name) {
        Optional<Services.Running> running = services.find(name);
        return running.isPresent() ? OptionalLong.of(running.get().definition().id()) : OptionalLong.empty();
    }

    public ServiceResult call(Verb verb, String path, Map<String, String> headers, Object payload) {
        AuthorisedRequest authorised = authorise(request(verb, path, headers, payload));
        return services.find(authorised.request().service())
                .orElseThrow(() -> ApiException.notFound("no such service"))
                .service()
                .handle(authorised.forService());
    }

    /** The error of a call that must fail. */
    public ApiError failure(Verb verb, String path, Map<String, String> headers, Object payload) {
        try {
            call(verb, path, headers, payload);
        } catch (ApiException e) {
            return e.error();
        }
        throw new AssertionError(verb + " " + path + " was answered");
    }

    /** A call with everything allowed, straight to the service: its answer as data. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> admin(Verb verb, String path, Object payload) {
        return (Map<String, Object>) tree(adminResult(verb, path, payload));
    }

    public ServiceResult adminResult(Verb verb, String path, Object payload) {
        ApiRequest request = request(verb, path, Map.of(), payload);
        return services.find(request.service())
                .orElseThrow()
                .service()
                .handle(access.authorise(request, Caller.PLATFORM, serviceId(request.service()))
                        .forService());
    }

    public ApiError adminFailure(Verb verb, String path, Object payload) {
        try {
            adminResult(verb, path, payload);
        } catch (ApiException e) {
            return e.error();
        }
        throw new AssertionError(verb + " " + path + " was answered");
    }

    /** Makes one record; its id. */
    public long create(String resource, Map<String, ?> record) {
        Map<String, Object> answer = admin(Verb.POST, "system/" + resource, Map.of("resource", List.of(record)));
        return (Long) ((Map<?, ?>) ((List<?>) answer.get("resource")).getFirst()).get("id");
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> login(String service, String email, String password, Map<String, String> headers) {
        return (Map<String, Object>)
                tree(call(Verb.POST, service, headers, Map.of("email", email, "password", password)));
    }

    public String adminToken() {
        return (String) login("system/admin/session", ADMIN, PASSWORD, Map.of()).get("session_token");
    }

    public static Object tree(ServiceResult result) {
        return ((Content.Tree) result.content()).value();
    }

    /** A map that may hold null. */
    public static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Override
    public void close() {
        services.close();
        store.close();
    }
}
