package io.sluice.service.system;

import io.sluice.access.Stamps;
import io.sluice.api.ApiException;
import io.sluice.api.ResourcePath;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import io.sluice.service.Operation;
import io.sluice.service.Operation.Data;
import io.sluice.service.Operation.Parameter;
import io.sluice.service.Shape;
import io.sluice.store.Store;
import io.sluice.webhook.WebhookRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code system/webhook}: records, and below each of them its deliveries, {@code rotate} and {@code install}. */
record WebhookResource(Store store, WebhookRecords webhooks, WebhookFamily family, RecordResource records)
        implements SystemResource {
    private static final int PAGE = 100;
    private static final int MOST = 1_000;
    private static final long DEFAULT_OVERLAP = 3_600;
    private static final long LONGEST_OVERLAP = 30L * 24 * 3_600;
    private static final String ONE = "webhook/{id}/";
    private static final String ROTATE = ONE + "rotate";
    private static final String INSTALL = ONE + "install";
    private static final String DELIVERIES = ONE + "delivery";
    private static final String DELIVERY = DELIVERIES + "/{n}";
    private static final String REDELIVER = DELIVERY + "/redeliver";

    WebhookResource(Store store, WebhookRecords webhooks, Stamps stamps) {
        this(store, webhooks, new WebhookFamily(webhooks, stamps));
    }

    private WebhookResource(Store store, WebhookRecords webhooks, WebhookFamily family) {
        this(store, webhooks, family, new RecordResource(store, family));
    }

    @Override
    public String name() {
        return family.name();
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        ResourcePath path = request.resource();
        if (path.size() < 3) {
            return records.handle(request);
        }
        long id = number(path.at(1));
        return switch (request.verb() + " " + path.from(2).replaceAll("^delivery/[^/]+", "delivery/{n}")) {
            case "POST rotate" -> rotate(id, request);
            case "POST install" ->
                ServiceResult.ok(webhooks.install(id, text(request, "address"), text(request, "repository")));
            case "GET delivery" -> deliveries(id, request);
            case "GET delivery/{n}" -> ServiceResult.ok(webhooks.delivery(id, number(path.at(3))));
            case "POST delivery/{n}/redeliver" -> redeliver(id, number(path.at(3)));
            default -> throw Unsupported.on(request, path.text());
        };
    }

    private ServiceResult rotate(long id, ServiceRequest request) {
        long seconds =
                field(request, "overlap_seconds").map(WebhookResource::overlap).orElse(DEFAULT_OVERLAP);
        return ServiceResult.ok(store.write(tx -> webhooks.rotate(tx, id, Duration.ofSeconds(seconds))));
    }

    private static long overlap(Object given) {
        if (given instanceof Number number && number.longValue() >= 0 && number.longValue() <= LONGEST_OVERLAP) {
            return number.longValue();
        }
        throw ApiException.badRequest("overlap_seconds must be a number of seconds from 0 to " + LONGEST_OVERLAP + ".");
    }

    private ServiceResult redeliver(long id, long number) {
        webhooks.redeliver(id, number);
        return ServiceResult.success();
    }

    private ServiceResult deliveries(long id, ServiceRequest request) {
        long offset = Math.max(0, request.parameters().number("offset").orElse(0));
        long limit = Math.clamp(request.parameters().number("limit").orElse(PAGE), 1, MOST);
        WebhookRecords.Page page = webhooks.deliveries(id, offset, limit);
        return ServiceResult.ok(Map.of("resource", page.deliveries(), "meta", Map.of("count", page.count())));
    }

    private static Optional<Object> field(ServiceRequest request, String name) {
        return request.payload() instanceof Map<?, ?> body ? Optional.ofNullable(body.get(name)) : Optional.empty();
    }

    private static Optional<String> text(ServiceRequest request, String name) {
        return field(request, name).map(String::valueOf).filter(text -> !text.isBlank());
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw ApiException.notFound("Record with identifier '" + text + "' not found.");
        }
        return Long.parseLong(text);
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        Stream<Catalogue.Endpoint> below = Stream.of(
                new Catalogue.Endpoint(ROTATE, List.of(Verb.POST)),
                new Catalogue.Endpoint(INSTALL, List.of(Verb.POST)),
                new Catalogue.Endpoint(DELIVERIES, List.of(Verb.GET)),
                new Catalogue.Endpoint(DELIVERY, List.of(Verb.GET)),
                new Catalogue.Endpoint(REDELIVER, List.of(Verb.POST)));
        return Stream.concat(records.endpoints().stream(), below).toList();
    }

    @Override
    public Stream<Operation> operations() {
        return Stream.concat(
                records.operations(),
                Stream.of(
                        on(Verb.POST, ROTATE, "Make a new secret; the old one holds for overlap_seconds too"),
                        on(Verb.POST, INSTALL, "Make the webhook at its host, reached at address"),
                        on(Verb.GET, DELIVERIES, "List deliveries, newest first")
                                .with(
                                        Parameter.query("limit", Shape.WHOLE, "Deliveries at most. Default: 100."),
                                        Parameter.query(
                                                "offset", Shape.WHOLE, "Deliveries to leave out at the front.")),
                        on(Verb.GET, DELIVERY, "Read one delivery")
                                .with(Parameter.path("n", Shape.WHOLE, "The delivery's id.")),
                        on(Verb.POST, REDELIVER, "Look again at what a delivery told of")
                                .with(Parameter.path("n", Shape.WHOLE, "The delivery's id."))));
    }

    private static Operation on(Verb verb, String path, String summary) {
        return Operation.of(verb, "/" + path, path, summary)
                .with(Parameter.path("id", Shape.WHOLE, "The webhook's id."))
                .giving(200, Data.json("The answer.", Map.of("type", "object")));
    }
}
