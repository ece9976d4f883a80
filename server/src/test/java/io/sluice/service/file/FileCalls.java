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
import io.sluice.service.TextSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls of a file service, as a test reads best. Paths are plain text, not percent-encoded; parameters are a query string. */
public final class FileCalls {
    private final Service service;

    FileCalls(Service service) {
        this.service = service;
    }

    /** The file API over that store. */
    public static FileCalls over(FileStore store) {
        return new FileCalls(new FileService(
                "files", store, Intake.of(new Hosts(OutboundRule.PUBLIC_ONLY), Long.MAX_VALUE), PublicFolders.NONE));
    }

    public ServiceResult call(
            Verb verb, String path, String query, Map<String, String> headers, Body body, Rights rights) {
        return service.handle(new ServiceRequest(
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

    public ServiceResult get(String path, String query) {
        return call(Verb.GET, path, query, Map.of(), Body.NONE, Rights.ALL);
    }

    public ServiceResult get(String path, String header, String value) {
        return call(Verb.GET, path, "", Map.of(header, value), Body.NONE, Rights.ALL);
    }

    /** A raw upload; of a folder when the path ends in a slash and the text is empty. */
    public ServiceResult post(String path, String text) {
        return post(path, "", text);
    }

    public ServiceResult post(String path, String query, String text) {
        return call(Verb.POST, path, query, Map.of(), raw(text), Rights.ALL);
    }

    /** JSON. */
    public ServiceResult post(String path, String query, Object payload) {
        return call(Verb.POST, path, query, Map.of(), Body.of(payload), Rights.ALL);
    }

    public ServiceResult delete(String path, String query) {
        return call(Verb.DELETE, path, query, Map.of(), Body.NONE, Rights.ALL);
    }

    public ServiceResult delete(String path, Object payload) {
        return call(Verb.DELETE, path, "", Map.of(), Body.of(payload), Rights.ALL);
    }

    /** Makes folders, outermost first, each by its whole path. */
    public void folders(String... paths) {
        for (String path : paths) {
            assertThat(post(path, "").status()).isEqualTo(201);
        }
    }

    /** The content of a file as text. */
    public String text(String path) throws IOException {
        return text(get(path, ""));
    }

    public TextSource.Reading read(String path) {
        return ((TextSource) service).read(new TextSource.Address("", "", path));
    }

    public List<Object> paths(String folder, String query) {
        return resource(get(folder, "as_list=true&" + query));
    }

    public Map<String, Object> properties(String path) {
        return map(get(path, "include_properties=true"));
    }

    public static Body raw(String text) {
        return Body.raw(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    public static Map<String, Object> items(List<?> items) {
        return Map.of("resource", items);
    }

    public static Object tree(ServiceResult result) {
        return ((Content.Tree) result.content()).value();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(ServiceResult result) {
        return (Map<String, Object>) tree(result);
    }

    @SuppressWarnings("unchecked")
    public static List<Object> resource(ServiceResult result) {
        return (List<Object>) map(result).get("resource");
    }

    public static byte[] bytes(ServiceResult result) throws IOException {
        try (InputStream in = ((Content.Bytes) result.content()).source().open()) {
            return in.readAllBytes();
        }
    }

    public static String text(ServiceResult result) throws IOException {
        return new String(bytes(result), StandardCharsets.UTF_8);
    }

    /** The call ends with that status, and says that. */
    public static void fails(int status, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, failure -> {
            assertThat(failure.error().status()).as(failure.error().message()).isEqualTo(status);
            assertThat(failure.error().message()).contains(message);
        });
    }
}
