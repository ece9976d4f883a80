package io.sluice.event;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.util.Optional;

/** Where a call stands before its work: the request as edited so far, and the answer if a script gave one. */
record PreState(ServiceRequest request, Optional<ServiceResult> answer) {}
