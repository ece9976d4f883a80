package io.sluice.outbound;

import io.sluice.outbound.OutboundReply.Answered;
import io.sluice.service.OutboundRule;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty's client, with nothing left on that acts by itself: no redirects, cookies, logins, unpacking or proxy. */
final class Wire implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int MOST_HEADERS = 64 << 10;
    private static final long CONNECT_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 30_000;

    private final HttpClient client = new HttpClient();

    Wire(Resolver resolver) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("outbound");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setSocketAddressResolver(new JudgedAddresses(resolver));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Sluice"));
        client.setDefaultRequestContentType(null);
        client.setMaxResponseHeadersSize(MOST_HEADERS);
        client.setConnectTimeout(CONNECT_MILLIS);
        client.setIdleTimeout(IDLE_MILLIS);
        client.setDestinationIdleTimeout(IDLE_MILLIS);
        start();
        client.getContentDecoderFactories().clear();
        for (String handler : new String[] {"redirect", "www-authenticate", "proxy-authenticate", "upgrade"}) {
            client.getProtocolHandlers().remove(handler);
        }
    }

    private void start() {
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the client for calls of other hosts cannot start", e);
        }
    }

    Answered exchange(Hop hop, OutboundRule rule, long deadlineNanos)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            throw new TimeoutException();
        }
        // A host may think as long as there is time; only connections that wait for a next call are closed when idle.
        Request request = request(hop, rule)
                .timeout(left, TimeUnit.NANOSECONDS)
                .idleTimeout(left + IDLE_MILLIS * 1_000_000, TimeUnit.NANOSECONDS);
        try (InputStreamResponseListener listener = new InputStreamResponseListener()) {
            request.send(listener);
            Response response = listener.get(left, TimeUnit.NANOSECONDS);
            String coding = String.valueOf(response.getHeaders().get(HttpHeader.CONTENT_ENCODING));
            byte[] body = BodyReader.read(listener.getInputStream(), coding);
            return new Answered(
                    response.getStatus(),
                    response.getReason() == null ? "" : response.getReason(),
                    hop.target().uri().toString(),
                    headers(response, BodyReader.unpacks(coding)),
                    body);
        } catch (InterruptedException | TimeoutException | IOException e) {
            request.abort(e);
            throw e;
        }
    }

    /** The head of the answer, its body as it comes. Ends by silence, and at the deadline, which holds for the body too. */
    HostReply stream(Hop hop, HostCall call, OutboundRule rule, long deadlineNanos) throws IOException {
        long left = Math.max(1, deadlineNanos - System.nanoTime());
        Request request = client.newRequest(hop.target().uri())
                .method(hop.method())
                .tag(rule)
                .timeout(left, TimeUnit.NANOSECONDS)
                .idleTimeout(call.patience().toMillis(), TimeUnit.MILLISECONDS);
        request.headers(fields -> hop.headers().all().forEach(fields::put));
        NoneFree.after(call.patience(), request, client.getScheduler());
        InputStreamResponseListener listener = new InputStreamResponseListener();
        @Nullable InputStream content = call.content();
        if (content == null) {
            request.send(listener);
        } else {
            StreamedContent.send(request, listener, content, call.length());
        }
        try {
            Response response = listener.get(left, TimeUnit.NANOSECONDS);
            return new HostReply(
                    response.getStatus(),
                    hop.target().uri(),
                    headers(response, false),
                    new WholeBody(listener.getInputStream(), hop.target().host(), () -> callOff(request)));
        } catch (ExecutionException | TimeoutException e) {
            throw HostFailure.of(Failures.explained(hop.target().host(), e), e);
        } catch (InterruptedException e) {
            request.abort(e);
            Thread.currentThread().interrupt();
            throw HostFailure.of(
                    new OutboundReply.None(
                            OutboundReply.Why.TIMEOUT,
                            "the call of " + hop.target().host() + " was not waited for"),
                    e);
        }
    }

    private static void callOff(Request request) {
        request.abort(new IOException("its answer is not wanted any more"));
    }

    private Request request(Hop hop, OutboundRule rule) {
        Request request =
                client.newRequest(hop.target().uri()).method(hop.method()).tag(rule);
        request.headers(fields -> {
            fields.put(HttpHeader.ACCEPT_ENCODING, "gzip");
            hop.headers().all().forEach(fields::put);
        });
        if (hop.body().length > 0) {
            request.body(new BytesRequestContent((String) null, hop.body()));
        }
        return request;
    }

    /** Names in lower case. What told how the body was sent is gone, since it is unpacked. */
    private static Map<String, String> headers(Response response, boolean unpacked) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : response.getHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            headers.merge(field.getName().toLowerCase(Locale.ROOT), value, (one, other) -> one + ", " + other);
        }
        headers.remove("transfer-encoding");
        if (unpacked) {
            headers.remove("content-encoding");
            headers.remove("content-length");
        }
        return headers;
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the client for calls of other hosts did not stop", e);
        }
    }
}
