package io.sluice.service.remote;

import io.sluice.api.ApiException;
import io.sluice.service.BaseUrl;
import io.sluice.service.Effects;
import io.sluice.service.Outbound;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Calls to one host, bounded in time. Thread-safe. */
final class Exchange implements AutoCloseable {
    private static final int MAX_REDIRECTS = 5;
    private static final int RETRY_SECONDS = 5;

    private final String service;
    private final URI base;
    private final Duration timeout;
    private final HttpClient client;

    Exchange(String service, RemoteConfig config) {
        this.service = service;
        this.base = config.base();
        this.timeout = config.timeout();
        this.client = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** The answer, its body still on the wire; whoever has it closes it. Reads that are redirected on the same host follow. */
    Answer send(HttpRequest first) {
        HttpRequest request = first;
        for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
            Answer answer = once(request);
            Optional<URI> elsewhere = elsewhere(request, answer);
            if (elsewhere.isEmpty()) {
                return answer;
            }
            closeQuietly(answer.body());
            request = HttpRequest.newBuilder(request, (name, value) -> true)
                    .uri(elsewhere.get())
                    .build();
        }
        throw unavailable("redirects without end", null);
    }

    private Optional<URI> elsewhere(HttpRequest request, Answer answer) {
        boolean redirect = answer.status() > 300 && answer.status() < 309 && answer.status() != 304;
        if (!redirect || !request.method().equals("GET")) {
            return Optional.empty();
        }
        return answer.headers()
                .firstValue("Location")
                .flatMap(location -> resolved(request.uri(), location))
                .filter(to -> BaseUrl.isWeb(to) && BaseUrl.origin(to).equals(BaseUrl.origin(base)));
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            return Optional.of(from.resolve(location));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private Answer once(HttpRequest request) {
        try {
            Outbound.check(String.valueOf(base.getHost()));
            HttpRequest inTime = HttpRequest.newBuilder(request, (name, value) -> true)
                    .timeout(timeout)
                    .build();
            HttpResponse<InputStream> answer = client.send(inTime, HttpResponse.BodyHandlers.ofInputStream());
            Effects.begin();
            return new Answer(answer.statusCode(), answer.headers(), new TimedBody(answer.body(), timeout));
        } catch (IOException e) {
            if (mayHaveArrived(e)) {
                Effects.begin();
            }
            throw explained(e);
        } catch (InterruptedException e) {
            Effects.begin();
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", e);
        }
    }

    /** Not so where there was no connection yet. */
    private static boolean mayHaveArrived(IOException failure) {
        return switch (failure) {
            case Outbound.Refused refused -> false;
            case UnknownHostException unknown -> false;
            case HttpConnectTimeoutException late -> false;
            case ConnectException refused -> false;
            default -> true;
        };
    }

    /** What went wrong on the way, in words that show no address. */
    ApiException explained(IOException failure) {
        return unavailable(
                switch (failure) {
                    case Outbound.Refused refused ->
                        "is at the address of a cloud's metadata service, which is never called";
                    case UnknownHostException unknown -> "has a host that is not known";
                    case HttpConnectTimeoutException late -> "did not take a connection in time";
                    case HttpTimeoutException late -> "did not answer within " + timeout.toSeconds() + " seconds";
                    case ConnectException refused -> "takes no connections";
                    case SSLException insecure -> "cannot be reached over trusted TLS";
                    default -> "broke off its answer";
                },
                failure);
    }

    private ApiException unavailable(String what, @Nullable Throwable cause) {
        return ApiException.unavailable(
                "remote_unavailable",
                "What stands behind the service '" + service + "' " + what + ".",
                RETRY_SECONDS,
                cause);
    }

    static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // it is given up anyway
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
