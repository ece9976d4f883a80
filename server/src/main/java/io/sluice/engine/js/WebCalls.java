package io.sluice.engine.js;

import io.sluice.engine.PlatformCalls.Fetched;
import io.sluice.engine.PlatformCalls.Outward;
import java.net.IDN;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The host's part of {@code lib/web.js} and {@code lib/url.js}: fetch, digests, chance, names of hosts. Text, numbers and the
 * script's own buffers go in and out. Confined to the run's thread.
 */
final class WebCalls {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Fetches fetches;
    private final View view;

    WebCalls(Fetches fetches, View view) {
        this.fetches = fetches;
        this.view = view;
    }

    /** The functions by name; {@link HostLink} hands them out before there is a run. */
    enum Function {
        SEND,
        ARRIVED,
        TEXT,
        FILL,
        COPY,
        ABORT,
        DIGEST,
        RANDOM,
        UUID,
        DOMAIN;

        ProxyExecutable of(java.util.function.Supplier<WebCalls> calls) {
            return arguments -> calls.get().call(this, arguments);
        }
    }

    private @Nullable Object call(Function function, Value... arguments) {
        return switch (function) {
            case SEND -> send(arguments);
            case ARRIVED -> arrived();
            case TEXT -> text(fetches.take(arguments[0].asInt()));
            case FILL -> fill(fetches.take(arguments[0].asInt()), arguments[1]);
            case COPY -> fetches.copy(arguments[0].asInt());
            case ABORT -> abort(arguments[0].asInt());
            case DIGEST -> digest(arguments);
            case RANDOM -> random(arguments);
            case UUID -> UUID.randomUUID().toString();
            case DOMAIN -> domain(arguments[0].asString());
        };
    }

    /** method, address, [name, value, …], body (text, null, or buffer, offset, length after it), redirects. */
    private Object send(Value... arguments) {
        Map<String, String> headers = new LinkedHashMap<>();
        Value pairs = arguments[2];
        for (long i = 0; i + 1 < pairs.getArraySize(); i += 2) {
            headers.put(
                    pairs.getArrayElement(i).asString(),
                    pairs.getArrayElement(i + 1).asString());
        }
        byte[] body = arguments[3].isNull()
                ? new byte[0]
                : arguments[3].isString()
                        ? arguments[3].asString().getBytes(StandardCharsets.UTF_8)
                        : bytes(arguments[3], arguments[4].asInt(), arguments[5].asInt());
        return fetches.start(new Outward(
                arguments[0].asString(), arguments[1].asString(), headers, body, arguments[6].asInt(), 0));
    }

    /** null, or id with the words of a refusal, or id, status, words, address, size, [name, value, …]. */
    private @Nullable Object arrived() {
        Fetches.@Nullable Arrival arrival = fetches.next();
        if (arrival == null) {
            return null;
        }
        return switch (arrival.fetched()) {
            case Fetched.Refused refused -> ProxyArray.fromArray(arrival.id(), refused.message());
            case Fetched.Answered answered ->
                ProxyArray.fromArray(
                        arrival.id(),
                        answered.status(),
                        answered.statusText(),
                        answered.address(),
                        answered.body().length,
                        pairs(answered.headers()));
        };
    }

    private static ProxyArray pairs(Map<String, String> headers) {
        List<Object> pairs = new ArrayList<>();
        headers.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        return ProxyArray.fromList(pairs);
    }

    private static String text(byte[] body) {
        int from = body.length >= 3 && Arrays.equals(body, 0, 3, BOM, 0, 3) ? 3 : 0;
        return new String(body, from, body.length - from, StandardCharsets.UTF_8);
    }

    private static @Nullable Object fill(byte[] body, Value buffer) {
        java.nio.ByteBuffer source = java.nio.ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) Math.min(body.length, buffer.getBufferSize());
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            buffer.writeBufferLong(ByteOrder.LITTLE_ENDIAN, at, source.getLong(at));
        }
        for (; at < length; at++) {
            buffer.writeBufferByte(at, body[at]);
        }
        return null;
    }

    private @Nullable Object abort(int id) {
        fetches.abort(id);
        return null;
    }

    /** name, buffer, offset, length: the digest in hexadecimal. */
    private Object digest(Value... arguments) {
        try {
            MessageDigest digest = MessageDigest.getInstance(arguments[0].asString());
            return HexFormat.of().formatHex(digest.digest(bytes(arguments[1], arguments[2].asInt(), arguments[3].asInt())));
        } catch (NoSuchAlgorithmException e) {
            throw view.error("TypeError", "There is no digest " + arguments[0].asString() + ".");
        }
    }

    private static byte[] bytes(Value buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.readBuffer(offset, bytes, 0, length);
        return bytes;
    }

    /** buffer, offset, length: filled by chance. */
    private static @Nullable Object random(Value... arguments) {
        byte[] bytes = new byte[arguments[2].asInt()];
        RANDOM.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            arguments[0].writeBufferByte(arguments[1].asLong() + i, bytes[i]);
        }
        return null;
    }

    /** A host name in ASCII, null when it is none. */
    private static @Nullable Object domain(String name) {
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
