package io.sluice.service.file;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import java.util.List;

/** A kind of storage: {@code local_file}, {@code aws_s3}, … Its files are served by the same API as those of all others. */
public interface StoreKind {
    /** As in {@code service.type}. */
    String name();

    String label();

    String description();

    /** What a service of this kind is configured with, without what all file services have. */
    List<ConfigField> config();

    /**
     * Makes the store of a service. Must not connect to anything. Config that can never work is an
     * {@link io.sluice.api.ApiException} with status 400.
     */
    FileStore open(ServiceDefinition definition);
}
