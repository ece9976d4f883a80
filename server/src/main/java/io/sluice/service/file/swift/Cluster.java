package io.sluice.service.file.swift;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.RepeatedCall;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls of an account's storage, each with a token. Thread-safe. */
final class Cluster {
    /** What Swift does on its own side may take a while without a word: a copy, the end of a large upload. */
    static final Duration LONG_WORK = Duration.ofMinutes(2);

    /** The most bytes of an object in a cluster that nobody changed. */
    static final long USUAL_MOST_BYTES = 5_368_709_122L;

    private static final JsonMapper JSON = new JsonMapper();

    /** Answers that say what went wrong are short. */
    private static final int MOST_WORDS = 64 << 10;

    private final Sessions sessions;

    Cluster(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Sends a call that can be made anew; once more after a new login when its token is refused. */
    HostReply send(Function<String, HostCall> call) throws IOException {
        Session session = sessions.current();
        HostReply reply = send(session, call);
        if (reply.status() != 401) {
            return reply;
        }
        ended(reply);
        return send(sessions.after(session), call);
    }

    /** @param call from the address of the storage */
    private static HostReply send(Session session, Function<String, HostCall> call) throws IOException {
        return RepeatedCall.send(session.client(), () -> with(session, call));
    }

    private static HostCall with(Session session, Function<String, HostCall> call) {
        return call.apply(session.storage()).with("X-Auth-Token", session.token());
    }

    /** Sends a call whose content can be read once. */
    HostReply sendOnce(Function<String, HostCall> call) throws IOException {
        Session session = sessions.current();
        try {
            return session.client().send(with(session, call));
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    /** The most bytes of an object here. Asked before a large upload, since its refusal might be heard only when much of it was sent. */
    long mostBytes() throws IOException {
        HostReply reply = send(storage -> HostCall.of("GET", URI.create(storage).resolve("/info")));
        boolean told = reply.status() == 200;
        String words = words(reply);
        try {
            return told
                    ? JSON.readTree(words).path("swift").path("max_file_size").asLong(USUAL_MOST_BYTES)
                    : USUAL_MOST_BYTES;
        } catch (JacksonException e) {
            return USUAL_MOST_BYTES; // no Swift of its makers; it will say itself what it does not take
        }
    }

    /** Takes what is left of an answer, so that its connection can be used again. */
    static String ended(HostReply reply) throws IOException {
        try (reply) {
            return new String(reply.bytes(MOST_WORDS), StandardCharsets.UTF_8);
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    /** Takes an answer that has to be a good one. */
    static void done(HostReply reply, String name) throws IOException {
        if (!reply.ok()) {
            throw failure(reply, name);
        }
        ended(reply);
    }

    /** What an answer means that is not a good one. */
    static IOException failure(HostReply reply, String name) throws IOException {
        int status = reply.status();
        String words = words(reply).toLowerCase(Locale.ROOT);
        return switch (status) {
            case 401 -> StoreFailure.denied("its cluster refuses the token that its identity service gave", null);
            case 403 -> StoreFailure.denied("the configured user may not do this in the container", null);
            case 400, 412 -> throw ApiException.badRequest("The storage does not take the name '" + name + "'.");
            case 413 -> tooLarge(words, name);
            case 507 -> StoreFailure.full("its cluster has no room left", null);
            case 408, 429, 498, 499 -> StoreFailure.unreachable("its cluster answered " + status, null);
            default ->
                status >= 500
                        ? StoreFailure.unreachable("its cluster answered " + status, null)
                        : new IOException("Swift answered " + status + " to a call about '" + name + "'");
        };
    }

    /** As far as they come: a server that refuses content may break off while it is still being sent. */
    private static String words(HostReply reply) throws IOException {
        try {
            return ended(reply);
        } catch (StoreFailure e) {
            return "";
        }
    }

    /** Swift says 413 for a file that is larger than an object may be, and for a quota that is used up. */
    private static StoreFailure tooLarge(String words, String name) {
        if (words.contains("quota")) {
            return StoreFailure.full("the quota of its account or container is used up", null);
        }
        throw tooLarge(name);
    }

    static ApiException tooLarge(String name) {
        return new ApiException(ApiError.of(
                413, "The file '" + name + "' is larger than the storage takes as one object (5 GB, as a rule)."));
    }
}
