package io.sluice.service.file.swift;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** Calls of an account's storage, each with a token. Thread-safe. */
final class Cluster {
    /** What Swift does on its own side may take a while without a word: a copy, the end of a large upload. */
    static final Duration LONG_WORK = Duration.ofMinutes(2);

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

    /** Sends a call whose content can be read once. */
    HostReply sendOnce(Function<String, HostCall> call) throws IOException {
        return send(sessions.current(), call);
    }

    /** @param call from the address of the storage */
    private static HostReply send(Session session, Function<String, HostCall> call) throws IOException {
        try {
            return session.client().send(call.apply(session.storage()).with("X-Auth-Token", session.token()));
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
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
        throw new ApiException(ApiError.of(
                413, "The file '" + name + "' is larger than the storage takes as one object (5 GB, as a rule)."));
    }
}
