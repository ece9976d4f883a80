package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.ResourcePath;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.job.Jobs;
import io.sluice.service.Catalogue;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import io.sluice.store.Store;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code system/job}: the queue as records that can be read and deleted, and {@code POST {id}/retry}. */
record JobResource(JobFamily family, RecordResource records) implements SystemResource {
    private static final String RETRY = "job/{id}/retry";

    JobResource(Store store, Jobs jobs) {
        this(store, new JobFamily(jobs));
    }

    private JobResource(Store store, JobFamily family) {
        this(family, new RecordResource(store, family));
    }

    @Override
    public String name() {
        return family.name();
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        ResourcePath path = request.resource();
        if (path.size() == 3 && path.at(2).equalsIgnoreCase("retry") && request.verb() == Verb.POST) {
            return ServiceResult.ok(family.retry(id(path.at(1))));
        }
        boolean record = path.size() < 3 && (request.verb() == Verb.GET || request.verb() == Verb.DELETE);
        if (!record) {
            throw Unsupported.on(request, path.text());
        }
        return records.handle(request);
    }

    private static long id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw ApiException.notFound("Record with identifier '" + text + "' not found.");
        }
        return Long.parseLong(text);
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(
                new Catalogue.Endpoint(name(), List.of(Verb.GET, Verb.DELETE)),
                new Catalogue.Endpoint(name() + "/{id}", List.of(Verb.GET, Verb.DELETE)),
                new Catalogue.Endpoint(RETRY, List.of(Verb.POST)));
    }

    @Override
    public Stream<Operation> operations() {
        Stream<Operation> ofRecords = endpoints().stream()
                .filter(endpoint -> !endpoint.path().equals(RETRY))
                .flatMap(endpoint -> RecordOperations.of(endpoint, family.key()));
        Operation retry = Operation.of(
                        Verb.POST, "/" + RETRY, RETRY, "Run a job that failed, or is a dead letter, again now")
                .with(Parameter.path("id", Shape.WHOLE, "The job's id."))
                .giving(200, Data.json("The job.", Map.of("type", "object")));
        return Stream.concat(ofRecords, Stream.of(retry));
    }
}
