package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiResponse;
import io.sluice.encode.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server library refuses by itself, such as a broken request line, is told in the same envelope as all errors. */
final class JsonErrors extends ErrorHandler {
    private final Encoder encoder = new Encoder();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        encoder.write(ApiResponse.of(ApiError.of(status, message(status))), body);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.size());
        response.write(true, ByteBuffer.wrap(body.toByteArray()), callback);
        return true;
    }

    private static String message(int status) {
        return switch (status) {
            case 400 -> "The request is not well-formed HTTP.";
            case 408 -> "The request did not arrive in time.";
            case 414 ->
                "The address is longer than " + HttpServer.MAX_HEADER_BYTES + " bytes; send long options in the body.";
            case 431 -> "The headers are larger than " + HttpServer.MAX_HEADER_BYTES + " bytes.";
            case 503 -> "The server is stopping.";
            case 505 -> "This version of HTTP is not spoken here.";
            default -> HttpStatus.getMessage(status) + ".";
        };
    }
}
