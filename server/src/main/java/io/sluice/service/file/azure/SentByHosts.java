package io.sluice.service.file.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostReply;
import io.sluice.outbound.Hosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Our own client as that of the Azure SDK. The addresses are made by the SDK out of a service's config, so their host is a configured one. */
record SentByHosts(Hosts hosts) implements HttpClient {
    /** The SDK's timers have few threads, which must not wait for a host. */
    private static final Scheduler THREADS = Schedulers.fromExecutor(Thread::startVirtualThread);

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> exchanged(request)).subscribeOn(THREADS);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            return exchanged(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse exchanged(HttpRequest request) throws IOException {
        URI address = URI.create(request.getUrl().toString());
        HostCall call = HostCall.of(request.getHttpMethod().name(), address).with(headers(request));
        @Nullable BinaryData content = request.getBodyAsBinaryData();
        if (content != null) {
            call = call.with(content.toStream(), length(request));
        }
        HostReply reply = hosts.at(address).send(call);
        if (request.getHttpMethod() == HttpMethod.HEAD || reply.length().orElse(-1) == 0) {
            reply.bytes(0); // read to its end, the connection can be used again
        }
        return new Answer(request, reply);
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            headers.put(header.getName(), header.getValue());
        }
        return headers;
    }

    private static OptionalLong length(HttpRequest request) {
        @Nullable String length = request.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
        return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    }
}
