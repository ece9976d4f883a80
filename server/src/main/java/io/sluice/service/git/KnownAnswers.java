package io.sluice.service.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers that came with an ETag, the ones asked for last, to be asked for again conditionally. Bounded, thread-safe. */
final class KnownAnswers {
    private static final int MOST_BYTES = 4 << 20;
    private static final int LARGEST = 128 << 10;

    private final Map<String, ApiAnswer> byQuestion = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    synchronized Optional<ApiAnswer> find(String question) {
        return Optional.ofNullable(byQuestion.get(question));
    }

    synchronized void keep(String question, ApiAnswer answer) {
        if (!answer.ok() || answer.header("etag").isEmpty() || answer.body().length > LARGEST) {
            return;
        }
        drop(question);
        byQuestion.put(question, answer);
        used += size(answer);
        while (used > MOST_BYTES) {
            drop(byQuestion.keySet().iterator().next());
        }
    }

    private void drop(String question) {
        Optional.ofNullable(byQuestion.remove(question)).ifPresent(old -> used -= size(old));
    }

    /** With the headers, roughly. */
    private static long size(ApiAnswer answer) {
        return answer.body().length + 4096L;
    }
}
