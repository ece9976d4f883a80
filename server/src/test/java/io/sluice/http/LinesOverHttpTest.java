package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Format;
import io.sluice.observe.Observation;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are records and nothing else, and what HEAD says of rows. */
@Timeout(60)
class LinesOverHttpTest {
    private volatile FakeRows rows = new FakeRows(3);
    private volatile Format format = Format.NDJSON;
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() {
        Route api = Route.tree("/api", exchange -> new ApiResponse(200, Map.of(), rows, format, false));
        server = new HttpServer(new HttpSettings("127.0.0.1", 0), List.of(api), (Observation observation) -> {});
        server.start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop();
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + "/api/v2/db"));
    }

    private HttpResponse<String> send(String method, String... headers) throws Exception {
        HttpRequest.Builder request = request().method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aFewLinesHaveLengthAndTag() throws Exception {
        HttpResponse<String> response = send("GET");
        assertThat(response.body())
                .isEqualTo(
                        "{\"id\":0,\"name\":\"row 0\"}\n{\"id\":1,\"name\":\"row 1\"}\n{\"id\":2,\"name\":\"row 2\"}\n");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(response.headers().firstValue("content-length")).hasValue("72");
        String tag = response.headers().firstValue("etag").orElseThrow();
        rows = new FakeRows(3);
        assertThat(send("GET", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"NDJSON", "CSV"})
    void manyLinesStreamAlsoCompressed(Format lines) throws Exception {
        format = lines;
        rows = new FakeRows(50_000);
        String plain = send("GET").body();
        assertThat(plain.lines()).hasSize(lines == Format.CSV ? 50_001 : 50_000);
        rows = new FakeRows(50_000);
        HttpResponse<InputStream> packed =
                client.send(request().header("Accept-Encoding", "gzip").build(), BodyHandlers.ofInputStream());
        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        try (InputStream unpacked = new GZIPInputStream(packed.body())) {
            assertThat(unpacked).asString(StandardCharsets.UTF_8).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"NDJSON", "CSV"})
    void whatFailedHalfWayDoesNotLookWhole(Format lines) {
        format = lines;
        rows = new FakeRows(50_000).failingAfter(40_000, ApiException.badRequest("late"));
        assertThatThrownBy(() -> send("GET")).isInstanceOf(IOException.class);
        Eventually.is("the rows are closed", rows::closed);
    }

    /** The second row is not made before the first was seen, packed or not. */
    @ParameterizedTest
    @CsvSource({"NDJSON,identity", "CSV,identity", "NDJSON,gzip"})
    void theFirstRowsOfASlowQueryDoNotWaitForTheRest(Format lines, String coding) throws Exception {
        format = lines;
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        rows = new FakeRows(100).waitingAfter(1, seen);
        HttpResponse<InputStream> response =
                client.send(request().header("Accept-Encoding", coding).build(), BodyHandlers.ofInputStream());
        InputStream body = coding.equals("gzip") ? new GZIPInputStream(response.body()) : response.body();
        String first = lines == Format.CSV ? "id,name\n0,\"row 0\"\n" : "{\"id\":0,\"name\":\"row 0\"}\n";
        assertThat(body.readNBytes(first.length())).asString().isEqualTo(first);
        seen.complete(true);
        assertThat(body).asString(StandardCharsets.UTF_8).contains("row 99");
    }

    @Test
    void headOfFewRowsHasTheHeadersOfGet() throws Exception {
        for (Format each : Format.values()) {
            format = each;
            rows = new FakeRows(3);
            Map<String, List<String>> get = send("GET").headers().map();
            rows = new FakeRows(3);
            HttpResponse<String> head = send("HEAD");
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().map()).containsAllEntriesOf(without("date", get));
            assertThat(get).containsKeys("etag", "content-length");
            Eventually.is("the rows are closed", rows::closed);
        }
    }

    @Test
    void headOfManyRowsReadsNoFurtherThanTheFirstOfThem() throws Exception {
        rows = new FakeRows(Integer.MAX_VALUE);
        HttpResponse<String> head = send("HEAD", "Accept-Encoding", "gzip");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(head.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(head.headers().firstValue("content-length")).isEmpty();
        assertThat(head.headers().firstValue("etag")).isEmpty();
        // The answer to HEAD is there before the server is done with it.
        Eventually.is("the rows are closed", rows::closed);
        assertThat(rows.drained()).isLessThan(10_000);
    }

    private static Map<String, List<String>> without(String name, Map<String, List<String>> headers) {
        Map<String, List<String>> rest = new java.util.HashMap<>(headers);
        rest.remove(name);
        return rest;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "br, x-gzip;q=0.1 | true",
                "* | true",
                "identity | false",
                "gzip;q=0 | false",
                "gzip;q=0.000, * | false",
                "*, gzip;q=0 | false",
                "identity;q=1, *;q=0 | false"
            })
    void gzipIsForThoseWhoTakeIt(String acceptEncoding, boolean taken) {
        assertThat(Gzip.isAccepted(acceptEncoding)).isEqualTo(taken);
    }
}
