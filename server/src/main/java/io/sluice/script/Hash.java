package io.sluice.script;

import io.sluice.engine.SourceSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** The name of a text by its content, so that no two different texts are ever taken for each other. Pure. */
final class Hash {
    private Hash() {}

    /** SHA-256 in hex over the language and all texts, each with its length. */
    static String of(SourceSet source) {
        MessageDigest digest = sha256();
        add(digest, source.language());
        add(digest, source.text());
        new TreeMap<>(source.siblings()).forEach((path, text) -> {
            add(digest, path);
            add(digest, text);
        });
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
