package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.outbound.Hosts;
import io.sluice.service.GitHost;
import io.sluice.service.OutboundRule;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls of a source control service, as its callers make them. */
record Calls(Service service) implements AutoCloseable {
    private static final Hosts HOSTS = new Hosts(OutboundRule.PUBLIC_ONLY);

    static Calls open(String type, Path root, NetLimits limits, Map<String, Object> config) {
        return open(type, root, limits, InstantSource.system(), config);
    }

    static Calls open(String type, Path root, NetLimits limits, InstantSource clock, Map<String, Object> config) {
        return new Calls(new GitServiceTypes(List.of(root), new Reach(HOSTS, limits, clock))
                .all().stream()
                        .filter(one -> one.name().equals(type))
                        .findFirst()
                        .orElseThrow()
                        .open(new ServiceDefinition(9, "repo", "Repo", "", type, true, Map.copyOf(config))));
    }

    Reading read(String repository, String reference, String path) {
        return ((GitHost) service).read(new Address(repository, reference, path));
    }

    Reading.Found found(String repository, String reference, String path) {
        Reading reading = read(repository, reference, path);
        assertThat(reading).isInstanceOf(Reading.Found.class);
        return (Reading.Found) reading;
    }

    void missing(String why, String repository, String reference, String path) {
        assertThat(read(repository, reference, path))
                .isInstanceOfSatisfying(
                        Reading.Missing.class,
                        reading -> assertThat(reading.why()).contains(why));
    }

    void unfit(String why, String repository, String reference, String path) {
        assertThat(read(repository, reference, path))
                .isInstanceOfSatisfying(
                        Reading.Unfit.class,
                        reading -> assertThat(reading.why()).contains(why));
    }

    void unreachable(String why, String repository, String reference, String path) {
        assertThat(read(repository, reference, path))
                .isInstanceOfSatisfying(
                        Reading.Unreachable.class,
                        reading -> assertThat(reading.why()).contains(why));
    }

    Reading head(String repository, String reference) {
        return ((GitHost) service).head(repository, reference);
    }

    ServiceRequest request(Verb verb, String query, String... segments) {
        return new ServiceRequest(
                verb,
                "2",
                "repo",
                new ResourcePath(Arrays.asList(segments), false),
                Parameters.parse(query),
                Headers.NONE,
                Body.NONE,
                "",
                Caller.PLATFORM,
                Rights.ALL);
    }

    ServiceResult get(String query, String... segments) {
        return service.handle(request(Verb.GET, query, segments));
    }

    Object tree(String query, String... segments) {
        return ((Content.Tree) get(query, segments).content()).value();
    }

    List<?> list(String query, String... segments) {
        return (List<?>) ((Map<?, ?>) tree(query, segments)).get("resource");
    }

    String raw(String query, String... segments) throws IOException {
        try (InputStream in =
                ((Content.Bytes) get(query, segments).content()).source().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void fails(int status, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(status);
            assertThat(failure.error().message()).contains(message);
        });
    }

    @Override
    public void close() {
        service.close();
    }
}
