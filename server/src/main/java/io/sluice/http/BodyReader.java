package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Takes in a request body, held against the limit before and while it is buffered. */
final class BodyReader {
    private static final byte[] NOTHING = {};

    /** All of it. An ApiException tells the caller what is wrong with it; an IOException means that the caller is gone. */
    byte[] read(Request request, int max) throws IOException {
        long length = request.getLength();
        if (length == 0) {
            return NOTHING;
        }
        if (length > max) {
            throw tooLarge(max);
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(max + 1);
            if (body.length > max) {
                throw tooLarge(max);
            }
            return body;
        } catch (IOException e) {
            throw reason(e);
        } catch (RuntimeException e) {
            // Jetty throws what is wrong with the framing as one of these.
            if (e instanceof HttpException http) {
                throw refused(http.getCode(), "The request body is not well-formed HTTP.", e);
            }
            throw e;
        }
    }

    private static IOException reason(IOException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                throw refused(408, "The request body did not arrive in time.", failure);
            }
            if (cause instanceof HttpException http) {
                throw refused(http.getCode(), "The request body is not well-formed HTTP.", failure);
            }
        }
        return failure;
    }

    private static ApiException tooLarge(int max) {
        return refused(413, "The request body is larger than the " + max + " bytes that this server takes here.", null);
    }

    /** The rest of the body is not wanted, so the connection cannot go on. */
    private static ApiException refused(int status, String message, @Nullable Throwable cause) {
        return new ApiException(ApiError.of(status, message), Map.of("Connection", "close"), cause);
    }
}
