package io.sluice.http;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BrokenBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The body of a request as it comes off the socket, up to a limit. Whatever is wrong with it is a {@link BrokenBody}. */
final class CallersBytes extends InputStream {
    private final InputStream in;
    private final long max;
    private long count;
    private boolean ended;
    private @Nullable ApiException broken;

    CallersBytes(InputStream in, long max) {
        this.in = in;
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (broken != null) {
            throw new BrokenBody(broken);
        }
        int read = next(buffer, offset, length);
        ended = read < 0;
        count += Math.max(read, 0);
        if (count > max) {
            throw broken(tooLarge(max));
        }
        return read;
    }

    private int next(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw broken(reason(e));
        } catch (RuntimeException e) {
            // Jetty throws what is wrong with the framing as one of these.
            if (e instanceof HttpException http) {
                throw broken(malformed(http, e));
            }
            throw e;
        }
    }

    private BrokenBody broken(ApiException why) {
        broken = why;
        return new BrokenBody(why);
    }

    /** Takes in what nobody read, up to so many bytes; true when the body is at its end then. */
    boolean spent(long most) {
        byte[] buffer = new byte[8192];
        try {
            for (long left = most; !ended && left > 0; ) {
                left -= read(buffer, 0, buffer.length);
            }
            return ended;
        } catch (IOException e) {
            return false; // whoever wanted the body was told
        }
    }

    private static ApiException reason(IOException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return refused(408, "The request body did not arrive in time.", failure);
            }
            if (cause instanceof HttpException http) {
                return malformed(http, failure);
            }
        }
        return refused(400, "The request body broke off before its end.", failure);
    }

    private static ApiException malformed(HttpException http, Exception cause) {
        return refused(http.getCode(), "The request body is not well-formed HTTP, or broke off before its end.", cause);
    }

    static ApiException tooLarge(long max) {
        return refused(413, "The request body is larger than the " + max + " bytes that this server takes.", null);
    }

    /** The rest of the body is not wanted, so the connection cannot go on. */
    private static ApiException refused(int status, String message, @Nullable Throwable cause) {
        return new ApiException(ApiError.of(status, message), Map.of("Connection", "close"), cause);
    }
}
