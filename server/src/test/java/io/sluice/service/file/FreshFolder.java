package io.sluice.service.file;

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
import io.sluice.service.OutboundRule;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of this machine for each test, a service over it, and calls of that service. */
abstract class FreshFolder {
    @TempDir
    Path machine;

    Path root;
    ServiceType type;
    Service files;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectory(machine.resolve("root"));
        Files.writeString(machine.resolve("secret.txt"), "outside");
        type = new FileServiceTypes(List.of(root), new Hosts(OutboundRule.PUBLIC_ONLY), 1 << 20)
                .all()
                .getFirst();
        files = open("store");
    }

    Service open(String container) {
        return type.open(
                new ServiceDefinition(7, "files", "Files", "", "local_file", true, Map.of("container", container)));
    }

    Path stored(String path) {
        return root.resolve("store").resolve(path);
    }

    ServiceResult call(Verb verb, String path, String query, Map<String, String> headers, Body body, Rights rights) {
        return files.handle(new ServiceRequest(
                verb,
                "2",
                "files",
                ResourcePath.of(path),
                Parameters.parse(query),
                Headers.of(headers),
                body,
                "/api/v2/files/" + path,
                Caller.PLATFORM,
                rights));
    }

    ServiceResult get(String path, String query) {
        return call(Verb.GET, path, query, Map.of(), Body.NONE, Rights.ALL);
    }

    ServiceResult post(String path, String text) {
        return call(Verb.POST, path, "", Map.of(), raw(text), Rights.ALL);
    }

    ServiceResult delete(String path, String query) {
        return call(Verb.DELETE, path, query, Map.of(), Body.NONE, Rights.ALL);
    }

    static Body raw(String text) {
        return Body.raw(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    static Object tree(ServiceResult result) {
        return ((Content.Tree) result.content()).value();
    }

    @SuppressWarnings("unchecked")
    static List<Object> resource(ServiceResult result) {
        return (List<Object>) ((Map<String, Object>) tree(result)).get("resource");
    }

    static String bytes(ServiceResult result) throws IOException {
        try (InputStream in = ((Content.Bytes) result.content()).source().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void fails(int status, String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).isEqualTo(status);
            assertThat(failure.error().message()).contains(message);
        });
    }
}
