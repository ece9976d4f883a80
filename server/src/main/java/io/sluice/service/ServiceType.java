package io.sluice.service;

import java.util.List;

/** A kind of service: {@code pgsql}, {@code github}, {@code nodejs}, … */
public interface ServiceType {
    /** As in {@code service.type}. */
    String name();

    String label();

    String description();

    /** {@code Database}, {@code File}, {@code Source Control}, {@code Script}, {@code System}, {@code User}, … */
    String group();

    /** There is exactly one service of this type, made by Sluice itself. */
    default boolean singleton() {
        return false;
    }

    List<ConfigField> config();

    /**
     * Makes the service. Must not connect to anything: a service whose backend is down starts all the same. Config that can
     * never work is an {@link io.sluice.api.ApiException} with status 400.
     */
    Service open(ServiceDefinition definition);
}
