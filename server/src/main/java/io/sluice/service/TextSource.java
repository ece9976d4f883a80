package io.sluice.service;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A service that scripts can be linked to. Reads are made as the platform and fire no events. */
public interface TextSource {
    /** The largest text taken, in bytes. */
    int MAX_BYTES = 4 << 20;

    /** The bytes as text, empty when they are not valid UTF-8. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Reads one text. Never throws for an expected outcome. May block up to the service's own time limit. */
    Reading read(Address address);

    /**
     * Where a text lies.
     *
     * @param repository empty for file services
     * @param reference branch, tag or commit; empty for the default branch
     * @param path without a leading slash
     */
    record Address(String repository, String reference, String path) {
        @Override
        public String toString() {
            return repository.isEmpty() ? path : repository + (reference.isEmpty() ? "" : "@" + reference) + ":" + path;
        }
    }

    /** What came of a read. */
    sealed interface Reading {
        /**
         * The text.
         *
         * @param revision commit id, ETag or modification time: equal revisions mean equal texts
         * @param author of the commit, when known
         * @param message first line of the commit message, when known
         */
        record Found(String text, String revision, Instant at, Optional<String> author, Optional<String> message)
                implements Reading {}

        /** The source answered: there is no such text. */
        record Missing(String why) implements Reading {}

        /** The source has a file there, and it can be no script: too large, not text, a pointer to somewhere else. */
        record Unfit(String why) implements Reading {}

        /** The source could not be asked, or would not answer. */
        record Unreachable(String why) implements Reading {}
    }
}
