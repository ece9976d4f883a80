package io.sluice.service;

import io.sluice.api.ApiException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The running services by name. A service that is replaced or removed is closed after a grace period, so that calls
 * which it is still serving can end. Thread-safe.
 */
public final class Services implements AutoCloseable {
    private final Map<String, ServiceType> types = new LinkedHashMap<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Duration grace;
    private final ScheduledExecutorService closer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("service-closer").factory());

    /** A service with what it was made from. */
    public record Running(ServiceDefinition definition, Service service) {}

    /** Empty; types are registered, then definitions started, while the server is wired. */
    public Services(Duration grace) {
        this.grace = grace;
    }

    public void register(ServiceType type) {
        types.put(type.name(), type);
    }

    /** All types in the order of registration. */
    public List<ServiceType> types() {
        return List.copyOf(types.values());
    }

    public Optional<ServiceType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Starts a service or replaces the one with the same id. An unknown type or impossible config is a 400 and changes nothing. */
    public void start(ServiceDefinition definition) {
        ServiceType type = type(definition.type())
                .orElseThrow(() -> ApiException.badRequest("There is no service type '" + definition.type() + "'."));
        hold(definition, type.open(definition));
    }

    /** Puts a service that is made already in the place of the one with the same id. */
    public void hold(ServiceDefinition definition, Service service) {
        Running made = new Running(definition, service);
        byId(definition.id()).filter(old -> !key(old).equals(key(made))).ifPresent(old -> stop(definition.id()));
        retire(running.put(key(made), made));
    }

    /** Takes a service out; nothing happens when there is none of that id. */
    public void stop(long id) {
        byId(id).ifPresent(old -> {
            running.remove(key(old), old);
            retire(old);
        });
    }

    /** By name in any case. */
    public Optional<Running> find(String name) {
        return Optional.ofNullable(running.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<Running> byId(long id) {
        return running.values().stream()
                .filter(one -> one.definition().id() == id)
                .findFirst();
    }

    /** In no particular order. */
    public Collection<Running> all() {
        return List.copyOf(running.values());
    }

    private static String key(Running one) {
        return one.definition().name().toLowerCase(Locale.ROOT);
    }

    private void retire(@org.jspecify.annotations.Nullable Running old) {
        if (old != null) {
            closer.schedule(() -> old.service().close(), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        closer.shutdownNow();
        running.values().forEach(one -> one.service().close());
        running.clear();
    }
}
