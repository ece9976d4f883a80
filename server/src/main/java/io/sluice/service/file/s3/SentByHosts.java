package io.sluice.service.file.s3;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostReply;
import io.sluice.outbound.Hosts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Our own client as that of the AWS SDK. The addresses are made by the SDK out of a service's config, so their host is a configured one. */
record SentByHosts(Hosts hosts) implements SdkHttpClient {
    private static final int MOST_BYTES = 16 << 20;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(hosts, request);
    }

    @Override
    public String clientName() {
        return "Sluice";
    }

    @Override
    public void close() {
        // the client is shared by all services
    }

    /** One request and its reply. */
    private static final class Exchange implements ExecutableHttpRequest {
        private final Hosts hosts;
        private final HttpExecuteRequest request;
        private volatile @Nullable HostReply reply;

        Exchange(Hosts hosts, HttpExecuteRequest request) {
            this.hosts = hosts;
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            SdkHttpRequest head = request.httpRequest();
            HostCall call = HostCall.of(head.method().name(), head.getUri()).with(headers(head));
            if (request.contentStreamProvider().isPresent()) {
                InputStream content = request.contentStreamProvider().get().newStream();
                call = call.with(content, length(head));
            }
            HostReply got = hosts.at(head.getUri()).send(call);
            reply = got;
            return answer(head, got);
        }

        private static Map<String, String> headers(SdkHttpRequest head) {
            Map<String, String> headers = new LinkedHashMap<>();
            head.forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
            return headers;
        }

        private static OptionalLong length(SdkHttpRequest head) {
            return head.firstMatchingHeader("Content-Length").stream()
                    .mapToLong(Long::parseLong)
                    .findFirst();
        }

        private HttpExecuteResponse answer(SdkHttpRequest head, HostReply got) throws IOException {
            SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(got.status());
            got.headers().forEach(answer::putHeader);
            HttpExecuteResponse.Builder all = HttpExecuteResponse.builder().response(answer.build());
            if (isObject(head, got)) {
                return all.responseBody(AbortableInputStream.create(new ReadToTheEnd(got.body()), got::close))
                        .build();
            }
            // Read here, where the SDK tries again when an answer breaks off; it does not while it takes one apart.
            byte[] content = got.bytes(MOST_BYTES);
            return content.length == 0
                    ? all.build()
                    : all.responseBody(AbortableInputStream.create(new ByteArrayInputStream(content)))
                            .build();
        }

        /** The content of an object streams; every other answer is a short document, and so are lists. */
        private static boolean isObject(SdkHttpRequest head, HostReply got) {
            return head.method() == SdkHttpMethod.GET
                    && got.ok()
                    && got.length().orElse(-1) != 0
                    && !head.rawQueryParameters().containsKey("list-type");
        }

        @Override
        public void abort() {
            @Nullable HostReply got = reply;
            if (got != null) {
                got.close();
            }
        }
    }
}
