package io.sluice.service;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.util.Optional;

/** Of a service that shows part of what it has to anybody, at {@code /{service}/…} beside the API. */
public interface PublicContent {
    /** The answer to a read by nobody in particular; empty when that is not public, whether it exists or not. */
    Optional<ServiceResult> publicly(ServiceRequest request);
}
