package io.sluice.webhook;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.Headers;
import io.sluice.api.RawExchange;
import io.sluice.service.Services;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One delivery from the socket to its answer. Nothing of a body is read before its sender is proved. */
final class Reception {
    /** More than any push that GitHub, GitLab, Bitbucket or Gitea words with its usual number of commits. */
    static final int MOST_BYTES = 4 << 20;

    private final Hooks hooks;
    private final Intake intake;
    private final Services services;
    private final Clock clock;

    Reception(Hooks hooks, Intake intake, Services services, Clock clock) {
        this.hooks = hooks;
        this.intake = intake;
        this.services = services;
        this.clock = clock;
    }

    /** How large a body may be, asked before it is read; an ApiException refuses it unread. */
    int admit(RawExchange head) {
        hook(head);
        if (!head.method().equals("POST")) {
            throw new ApiException(
                    ApiError.of(405, "Deliveries of webhooks are sent with POST."), Map.of("Allow", "POST"), null);
        }
        Headers headers = head.headers();
        if (!Json.isTaken(headers)) {
            throw closing(415, "A delivery is application/json, or a form with its JSON in the field payload.");
        }
        String coding = headers.first("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
        if (!coding.equals("identity")) {
            throw closing(415, "Compressed deliveries are not taken.");
        }
        return MOST_BYTES;
    }

    private static ApiException closing(int status, String message) {
        return new ApiException(ApiError.of(status, message), Map.of("Connection", "close"), null);
    }

    private Webhook hook(RawExchange exchange) {
        return id(exchange.rawPath())
                .flatMap(hooks::find)
                .filter(Webhook::active)
                .orElseThrow(() -> ApiException.notFound("There is no such webhook, or it is not active."));
    }

    private static Optional<Long> id(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return path.equals("/hooks/" + last) && last.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(last))
                : Optional.empty();
    }

    ApiResponse answer(RawExchange exchange) {
        Webhook hook = hook(exchange);
        Sender sender = hook.provider().sender();
        Headers headers = exchange.headers();
        byte[] body = exchange.body().bytes();
        if (!hook.keys().any(secret -> sender.proves(headers, body, secret), clock.instant())) {
            intake.refuse(hook, sender.delivery(headers), sender.event(headers), exchange.remoteAddress());
            throw ApiException.unauthorized("The signature of this delivery is missing or not right.");
        }
        return Json.object(headers, body)
                .map(payload -> read(hook, headers, payload))
                .orElseGet(() -> unreadable(
                        hook, sender.delivery(headers), sender.event(headers), "its body is not a JSON object"));
    }

    private ApiResponse read(Webhook hook, Headers headers, JsonNode payload) {
        Sender sender = hook.provider().sender();
        String event = sender.event(headers);
        Optional<String> name = sender.delivery(headers, payload);
        return switch (sender.read(event, payload)) {
            case Message.Ping ping -> said(200, intake.keep(hook, name, event, Verdict.PING));
            case Message.Other(String why) -> said(202, intake.pass(hook, name, event, Optional.empty(), why));
            case Message.Unreadable(String why) -> unreadable(hook, name, event, why);
            case Message.Push(Claim claim) -> push(hook, name, event, claim);
        };
    }

    private ApiResponse unreadable(Webhook hook, Optional<String> name, String event, String why) {
        intake.fail(hook, name, event, why);
        throw ApiException.badRequest("This delivery cannot be read: " + why + ".");
    }

    private ApiResponse push(Webhook hook, Optional<String> name, String event, Claim told) {
        if (!isOf(hook, told)) {
            return said(202, intake.pass(hook, name, event, Optional.of(told), "it is about another repository"));
        }
        List<Claim.Move> moves = hook.filter().of(told);
        if (moves.isEmpty()) {
            return said(
                    202, intake.pass(hook, name, event, Optional.of(told), "the filter of the webhook leaves it out"));
        }
        Verdict verdict = intake.take(hook, name, event, new Claim(told.repository(), moves, told.paths()));
        return said(verdict == Verdict.ACCEPTED ? 202 : 200, verdict);
    }

    /** What only the host can tell is asked by the look. */
    private boolean isOf(Webhook hook, Claim told) {
        return hook.repository()
                .flatMap(own -> Target.isOne(services, hook.serviceId(), own, told.repository()))
                .orElse(true);
    }

    private static ApiResponse said(int status, Verdict verdict) {
        return new ApiResponse(
                status, Map.of(), new Content.Tree(Map.of("verdict", verdict.word())), Format.JSON, false);
    }
}
