package io.sluice.service.file.webdav;

import io.sluice.api.ApiException;
import io.sluice.service.ServiceDefinition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proves who we are, in the way that the config or the server wants. Remembers what the server asked for last. Thread-safe. */
final class Credentials {
    /** The numbers of {@code auth_type}. */
    private enum Kind {
        ANY,
        BASIC,
        DIGEST
    }

    private final Kind kind;
    private final Optional<String> user;
    private final String password;
    private volatile @Nullable Digest digest;
    private volatile boolean basic;

    private Credentials(Kind kind, Optional<String> user, String password) {
        this.kind = kind;
        this.user = user;
        this.password = password;
        this.basic = kind == Kind.BASIC;
    }

    static Credentials of(ServiceDefinition definition) {
        Kind kind = definition.text("auth_type").map(Credentials::kind).orElse(Kind.ANY);
        Optional<String> user = definition.text("username");
        if (user.isEmpty() && kind != Kind.ANY) {
            throw ApiException.badRequest("An auth_type without a username cannot work.");
        }
        return new Credentials(kind, user, definition.text("password").orElse(""));
    }

    private static Kind kind(String number) {
        return switch (number.strip()) {
            case "1" -> Kind.BASIC;
            case "2" -> Kind.DIGEST;
            case "4" ->
                throw ApiException.badRequest(
                        "The auth_type 4 (NTLM) is not supported: leave it empty, or use 1 (Basic) or 2 (Digest).");
            default ->
                throw ApiException.badRequest(
                        "The auth_type must be 1 (Basic), 2 (Digest) or empty, which takes what the server asks for.");
        };
    }

    /** The header for a call; empty as long as nobody asked. */
    Optional<String> header(String method, URI address) {
        Digest known = digest;
        if (known != null) {
            return Optional.of(known.header(method, address));
        }
        return basic ? user.map(this::basic) : Optional.empty();
    }

    private String basic(String name) {
        byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /**
     * Learns from a 401; false when a further try is no use.
     *
     * @param shown whether the call that got it had credentials: another may have learnt meanwhile what they must be
     */
    boolean learn(String challenge, boolean shown) {
        if (user.isEmpty()) {
            return false;
        }
        Challenges asked = Challenges.parse(challenge);
        Optional<Challenges.Challenge> hashed =
                kind == Kind.BASIC ? Optional.empty() : asked.first("digest", Digest::answers);
        if (hashed.isPresent()) {
            digest = new Digest(hashed.get(), user.get(), password); // what was refused may just have been too old
            return true;
        }
        boolean asks = kind == Kind.ANY && asked.first("basic", any -> true).isPresent();
        basic |= asks;
        return asks && !shown;
    }
}
