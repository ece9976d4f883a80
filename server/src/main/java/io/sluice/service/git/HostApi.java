package io.sluice.service.git;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import io.sluice.outbound.OutboundReply.Why;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of one host's API: bounded in time and size, conditional where an answer is known, held back while the host asks for patience,
 * never followed to another host. Thread-safe.
 */
final class HostApi {
    private static final int MOST_BYTES = 16 << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI base;
    private final Map<String, String> headers;
    private final HostClient client;
    private final NetLimits limits;
    private final RateLimit rate;
    private final KnownAnswers known = new KnownAnswers();

    /** @param headers of each call, with the credentials */
    HostApi(URI base, Map<String, String> headers, Reach reach) {
        this.base = base;
        this.headers = Map.copyOf(headers);
        this.client = reach.hosts().at(base).within(reach.limits().api()).stayingAtItsOrigin();
        this.limits = reach.limits();
        this.rate = new RateLimit(host(), reach.clock());
    }

    String host() {
        return String.valueOf(base.getHost());
    }

    /** What {@link #get} takes to reach that address; empty when it lies elsewhere. */
    Optional<String> target(String address) {
        return address.startsWith(base + "/")
                ? Optional.of(address.substring(base.toString().length()))
                : Optional.empty();
    }

    /**
     * Asks. An answer that is known and still holds is given again.
     *
     * @param target below the API's root, encoded, with a slash in front
     */
    ApiAnswer get(String target, String accept) throws NotRead {
        String question = accept + " " + target;
        Optional<ApiAnswer> before = known.find(question);
        Map<String, String> asked = new LinkedHashMap<>(Map.of("Accept", accept));
        before.ifPresent(answer -> asked.put("If-None-Match", answer.header("etag")));
        ApiAnswer answer = send(call("GET", target).with(asked));
        if (answer.status() == 304 && before.isPresent()) {
            return before.get();
        }
        known.keep(question, answer);
        return answer;
    }

    /** Sends JSON; once, whatever comes of it. */
    ApiAnswer send(String method, String target, String accept, Map<String, ?> body) throws NotRead {
        byte[] bytes = MAPPER.writeValueAsBytes(body);
        return send(call(method, target)
                .with("Accept", accept)
                .with("Content-Type", "application/json")
                .with(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length)));
    }

    private HostCall call(String method, String target) {
        return HostCall.of(method, URI.create(base + target)).with(headers).waiting(limits.api());
    }

    private ApiAnswer send(HostCall call) throws NotRead {
        rate.check();
        ApiAnswer answer = answer(call);
        rate.heed(answer);
        boolean redirects = answer.status() >= 301 && answer.status() <= 308 && answer.status() != 304;
        if (redirects && !answer.header("location").isEmpty()) {
            throw NotRead.unreachable(
                    "the host " + host()
                            + (call.content() == null
                                    ? " redirects without end"
                                    : " redirects; the repository has moved"),
                    null);
        }
        return answer;
    }

    private ApiAnswer answer(HostCall call) throws NotRead {
        try (HostReply reply = client.send(call)) {
            return new ApiAnswer(reply.status(), reply.headers(), reply.bytes(MOST_BYTES));
        } catch (HostFailure e) {
            throw NotRead.unreachable(
                    e.why() == Why.TIMEOUT
                            ? "the host " + host() + " did not answer in time"
                            : "the host " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw NotRead.unreachable("the host " + host() + " broke off its answer", e);
        }
    }
}
