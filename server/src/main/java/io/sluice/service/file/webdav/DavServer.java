package io.sluice.service.file.webdav;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.RepeatedCall;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Calls of a WebDAV server. Thread-safe. */
final class DavServer {
    /** A server may copy, move or delete for a while without a word. */
    static final Duration LONG_WORK = Duration.ofMinutes(2);

    /** Answers that say what went wrong are short. */
    private static final int MOST_WORDS = 256 << 10;

    private final HostClient client;
    private final Credentials credentials;

    DavServer(HostClient client, Credentials credentials) {
        this.client = client;
        this.credentials = credentials;
    }

    /** Sends a call, once more with the credentials that the server asks for. */
    HostReply send(Supplier<HostCall> call) throws IOException {
        AtomicBoolean shown = new AtomicBoolean();
        Supplier<HostCall> proven = () -> proven(call.get(), shown);
        HostReply reply = RepeatedCall.send(client, proven);
        if (reply.status() != 401
                || !credentials.learn(reply.header("www-authenticate").orElse(""), shown.get())) {
            return reply;
        }
        ended(reply);
        return RepeatedCall.send(client, proven);
    }

    /** @param shown becomes whether there are credentials in it */
    private HostCall proven(HostCall call, AtomicBoolean shown) {
        Optional<String> header = credentials.header(call.method(), call.address());
        shown.set(header.isPresent());
        return header.map(value -> call.with("Authorization", value)).orElse(call);
    }

    /** Sends a call whose content can be read once. */
    HostReply sendOnce(HostCall call) throws IOException {
        try {
            return client.send(proven(call, new AtomicBoolean()));
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    /** COPY or MOVE, over what is there. */
    HostReply transfer(String method, URI from, URI to) throws IOException {
        return send(() -> HostCall.of(method, from)
                .with("Destination", to.toString())
                .with("Overwrite", "T")
                .waiting(LONG_WORK));
    }

    /** Takes what is left of an answer, so that its connection can be used again. */
    static void ended(HostReply reply) throws IOException {
        try (reply) {
            reply.bytes(MOST_WORDS);
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    /** Takes an answer that has to be a good one. 207 says that some of it could not be done. */
    static void done(HostReply reply, String path) throws IOException {
        if (!reply.ok() || reply.status() == 207) {
            throw failure(reply, path);
        }
        ended(reply);
    }

    /** What an answer means that is not a good one. */
    static IOException failure(HostReply reply, String path) throws IOException {
        int status = reply.status();
        left(reply);
        return switch (status) {
            case 401 -> StoreFailure.denied("its WebDAV server refuses the configured user and password", null);
            case 403 -> StoreFailure.denied("its WebDAV server does not allow this to the configured user", null);
            case 423 -> throw locked(path);
            case 207 ->
                throw new ApiException(ApiError.of(
                        409,
                        "The WebDAV server could do this only in part, since something in '" + path
                                + "' is locked or protected."));
            case 413 ->
                throw new ApiException(ApiError.of(413, "'" + path + "' is larger than the WebDAV server takes."));
            case 400, 414 -> throw ApiException.badRequest("The WebDAV server does not take the name '" + path + "'.");
            case 507 -> StoreFailure.full("its WebDAV server has no room left", null);
            case 408, 429 -> StoreFailure.unreachable("its WebDAV server answered " + status, null);
            default ->
                status >= 500 && status != 501
                        ? StoreFailure.unreachable("its WebDAV server answered " + status, null)
                        : new IOException("the WebDAV server answered " + status + " to a call about '" + path + "'");
        };
    }

    /** A server that refuses content may break off while it is still being sent. */
    private static void left(HostReply reply) throws IOException {
        try {
            ended(reply);
        } catch (StoreFailure e) {
            reply.close(); // its status says enough
        }
    }

    private static ApiException locked(String path) {
        return new ApiException(ApiError.because(
                423, "storage_locked", "'" + path + "' is locked at its WebDAV server by somebody who works on it."));
    }
}
