package io.sluice.service.file;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BrokenBody;
import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that come from an address which the caller names. Where it leads is judged as a script's calls are; nothing of the caller goes
 * along.
 *
 * @param client trusts no host
 * @param most how many bytes one may have
 */
record UrlImport(HostClient client, long most) {
    /** What becomes of the content; the answer for it. */
    interface Act {
        Map<String, Object> on(Incoming incoming) throws IOException;
    }

    /** The name that a file has in its address; nothing for one without. */
    static String name(String url) {
        String path = String.valueOf(address(url).getPath());
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Map<String, Object> during(String url, Act act) throws IOException {
        try (HostReply reply = client.send(HostCall.of("GET", address(url)))) {
            if (!reply.ok()) {
                throw failed(502, "it answered " + reply.status(), null);
            }
            if (reply.length().orElse(0) > most) {
                throw tooLarge();
            }
            return act.on(new Incoming(
                    new Fetched(reply.body()),
                    reply.length(),
                    reply.header("content-type").orElse("")));
        } catch (HostFailure e) {
            throw failed(e);
        }
    }

    private static URI address(String url) {
        try {
            URI address = new URI(url.trim());
            String scheme = String.valueOf(address.getScheme());
            if (address.getHost() != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below, like any other that is no address.
        }
        throw ApiException.badRequest("'url' must be an absolute address that begins with http:// or https://.");
    }

    private static ApiException failed(HostFailure failure) {
        String why = String.valueOf(failure.getMessage());
        return switch (failure.why()) {
            case MALFORMED -> failed(400, why, failure);
            case REFUSED -> failed(403, why, failure);
            case FAILED -> failed(502, why, failure);
            case TIMEOUT -> failed(504, why, failure);
        };
    }

    private static ApiException failed(int status, String why, @Nullable HostFailure cause) {
        return new ApiException(
                ApiError.because(status, "import_failed", "The file was not fetched from its address: " + why + "."),
                cause);
    }

    private ApiException tooLarge() {
        return new ApiException(ApiError.of(
                413, "The file at that address is larger than the " + most + " bytes that an upload may have."));
    }

    /** The content: when it breaks off, or is too large, nothing of it is kept. */
    private final class Fetched extends FilterInputStream {
        private long count;

        Fetched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read;
            try {
                read = super.read(buffer, offset, length);
            } catch (HostFailure e) {
                throw new BrokenBody(failed(e));
            }
            count += Math.max(read, 0);
            if (count > most) {
                throw new BrokenBody(tooLarge());
            }
            return read;
        }
    }
}
