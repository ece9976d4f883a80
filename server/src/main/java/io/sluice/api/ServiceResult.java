package io.sluice.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service answers.
 *
 * @param status HTTP status
 * @param contentType set by the service or a script; null: negotiated with the caller
 * @param headers extra answer headers by name
 */
public record ServiceResult(
        int status, Content content, @Nullable String contentType, Map<String, String> headers) {
    public ServiceResult {
        headers = Map.copyOf(headers);
    }

    public static ServiceResult of(int status, Content content) {
        return new ServiceResult(status, content, null, Map.of());
    }

    public static ServiceResult ok(@Nullable Object tree) {
        return of(200, new Content.Tree(tree));
    }

    public static ServiceResult created(@Nullable Object tree) {
        return of(201, new Content.Tree(tree));
    }

    /** {@code {"resource": […]}}. */
    public static ServiceResult list(List<?> resource) {
        return ok(Map.of("resource", resource));
    }

    public static ServiceResult success() {
        return ok(Map.of("success", true));
    }

    /** An error as a result, so that post scripts can see it. */
    public static ServiceResult error(ApiError error) {
        return of(error.status(), new Content.Tree(error.envelope()));
    }
}
