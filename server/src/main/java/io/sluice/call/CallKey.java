package io.sluice.call;

import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Caller;
import io.sluice.api.Verb;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tells a call and its repetition from all others. Hashes, so that neither keys nor bodies are kept. Pure.
 *
 * @param call of caller, service and key
 * @param request of all that a repetition must have in common with the first: verb, path, parameters, names in headers, body
 */
record CallKey(String call, String request) {
    static final String HEADER = "Idempotency-Key";
    private static final int LONGEST = 255;

    /** They may differ between a call and its repetition: a token was renewed in between. */
    private static final Set<String> CREDENTIALS = Set.of("api_key", "session_token", "token");

    /** They say what a file or folder is called, as an address would. */
    private static final List<String> NAMES = List.of("X-File-Name", "X-Folder-Name");

    /** Empty when the header is not there, or says nothing: on reads, on logins, from nobody. */
    static Optional<CallKey> of(AuthorisedRequest authorised) {
        ApiRequest request = authorised.request();
        Optional<String> key = request.headers().first(HEADER);
        if (key.isEmpty() || request.verb() == Verb.GET || isLogin(request) || isNobody(authorised.caller())) {
            return Optional.empty();
        }
        check(key.get());
        return Optional.of(
                new CallKey(hash(scope(authorised.caller()), request.service(), key.get()), hashOf(request)));
    }

    /** Tokens belong into no store, and a login that is repeated does no harm. */
    private static boolean isLogin(ApiRequest request) {
        List<String> path = request.resource().segments();
        return (request.service().equals("system") || request.service().equals("user"))
                && !path.isEmpty()
                && path.getLast().equalsIgnoreCase("session");
    }

    private static boolean isNobody(Caller caller) {
        return caller.person().isEmpty() && caller.app().isEmpty();
    }

    private static String scope(Caller caller) {
        return caller.person().map(one -> one.admin() + " " + one.id()).orElse("-") + " / "
                + caller.app().map(app -> String.valueOf(app.id())).orElse("-");
    }

    private static void check(String key) {
        if (key.length() > LONGEST || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw ApiException.badRequest(HEADER + " must be 1 to " + LONGEST
                    + " characters of printable ASCII without blanks; a random UUID is a good one.");
        }
    }

    private static String hashOf(ApiRequest request) {
        Map<String, Object> parameters = new TreeMap<>(request.parameters().asMap());
        parameters.keySet().removeAll(CREDENTIALS);
        MessageDigest digest = sha256();
        add(digest, request.verb().name());
        add(digest, request.resource().toString());
        add(digest, parameters.toString());
        add(digest, request.body().contentType());
        for (String header : NAMES) {
            add(digest, request.headers().first(header).orElse(""));
        }
        digest.update(request.body().bytes());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String hash(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            add(digest, part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
