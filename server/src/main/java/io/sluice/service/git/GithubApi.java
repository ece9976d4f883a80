package io.sluice.service.git;

import io.sluice.service.BaseUrl;
import io.sluice.service.Outbound;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** GETs on GitHub's API: one host, bounded in time and size, credentials for that host only. Thread-safe. */
final class GithubApi implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final int MAX_REDIRECTS = 3;

    private final URI base;
    private final Optional<String> authorization;
    private final NetLimits limits;
    private final HttpClient client;

    GithubApi(URI base, Optional<String> authorization, NetLimits limits) {
        this.base = base;
        this.authorization = authorization;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** An answer with any status. */
    record Answer(int status, HttpHeaders headers, byte[] body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    boolean hasCredentials() {
        return authorization.isPresent();
    }

    String host() {
        return String.valueOf(base.getHost());
    }

    /**
     * Asks.
     *
     * @param target below the API's root, encoded, with a slash in front
     * @param etag of an answer that is known; 304 when it still holds
     */
    Answer get(String target, String accept, Optional<String> etag) throws NotRead {
        URI address = URI.create(base + target);
        long deadline = System.nanoTime() + limits.api().toNanos();
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            Answer answer = send(address, accept, etag, deadline - System.nanoTime());
            Optional<String> elsewhere = answer.headers().firstValue("Location");
            if (answer.status() < 301 || answer.status() > 308 || answer.status() == 304 || elsewhere.isEmpty()) {
                return answer;
            }
            address = sameHost(address, elsewhere.get());
        }
        throw NotRead.unreachable("the host " + host() + " redirects without end", null);
    }

    private URI sameHost(URI from, String location) throws NotRead {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw NotRead.unreachable("the host " + host() + " redirects to what is no address", e);
        }
        if (!BaseUrl.isWeb(to) || !BaseUrl.origin(to).equals(BaseUrl.origin(base))) {
            throw NotRead.unreachable("the host " + host() + " redirects to another host, which is not followed", null);
        }
        return to;
    }

    private Answer send(URI address, String accept, Optional<String> etag, long nanosLeft) throws NotRead {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).header("Accept", accept).header("User-Agent", "Sluice");
        authorization.ifPresent(value -> request.header("Authorization", value));
        etag.ifPresent(value -> request.header("If-None-Match", value));
        try {
            Outbound.check(host());
        } catch (IOException e) {
            throw explain(e);
        }
        // Not HttpRequest.timeout, which ends with the headers: a body that trickles counts too.
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(Math.max(nanosLeft, 1), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException | CancellationException e) {
            throw NotRead.unreachable("the host " + host() + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw explain(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotRead.unreachable("the call of the host " + host() + " was called off", e);
        } finally {
            answer.cancel(true);
        }
    }

    private NotRead explain(@Nullable Throwable failure) {
        String why = switch (failure) {
            case Outbound.Refused refused -> String.valueOf(refused.getMessage());
            case UnknownHostException unknown -> "the host " + host() + " is not known";
            case HttpTimeoutException late -> "the host " + host() + " did not answer in time";
            case ConnectException refused -> "the host " + host() + " takes no connections";
            case SSLException insecure -> "no trusted TLS connection to " + host() + " came about";
            case null, default -> "the host " + host() + " broke off its answer, or it is too large";
        };
        return NotRead.unreachable(why, failure);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
