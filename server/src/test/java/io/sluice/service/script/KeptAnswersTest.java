package io.sluice.service.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
    private final AtomicLong now = new AtomicLong();
    private final KeptAnswers answers = new KeptAnswers(Duration.ofSeconds(10), now::get);

    private static KeptAnswers.Key key(Verb verb, String path, int version) {
        return key(verb, path, version, 1);
    }

    private static KeptAnswers.Key key(Verb verb, String path, int version, long age) {
        ServiceRequest request = new ServiceRequest(
                verb,
                "2",
                "dice",
                ResourcePath.of(path),
                Parameters.of(Map.of("a", "1")),
                Headers.NONE,
                Body.NONE,
                "",
                Caller.ANONYMOUS,
                Rights.ALL);
        return KeptAnswers.key(request, version, age).orElse(null);
    }

    @Test
    void an_answer_lasts_its_time() {
        answers.keep(key(Verb.GET, "a", 1), ServiceResult.ok("x"));
        now.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(answers.find(key(Verb.GET, "a", 1))).contains(ServiceResult.ok("x"));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(answers.find(key(Verb.GET, "a", 1))).isEmpty();
    }

    @Test
    void a_new_version_knows_nothing_of_the_old_ones_answers() {
        answers.keep(key(Verb.GET, "a", 1), ServiceResult.ok("x"));
        assertThat(answers.find(key(Verb.GET, "a", 2))).isEmpty();
    }

    @Test
    void what_was_made_before_roles_apps_or_services_changed_is_not_found() {
        answers.keep(key(Verb.GET, "a", 1, 1), ServiceResult.ok("x"));
        assertThat(answers.find(key(Verb.GET, "a", 1, 2))).isEmpty();
    }

    @Test
    void only_reads_are_kept() {
        assertThat(key(Verb.POST, "a", 1)).isNull();
    }

    @Test
    void what_is_kept_is_bounded() {
        answers.keep(key(Verb.GET, "large", 1), ServiceResult.ok("x".repeat(1 << 20)));
        assertThat(answers.find(key(Verb.GET, "large", 1))).isEmpty();
        for (int i = 0; i < 100; i++) {
            answers.keep(key(Verb.GET, "p" + i, 1), ServiceResult.ok("x".repeat(400_000)));
        }
        long kept = java.util.stream.IntStream.range(0, 100)
                .filter(i -> answers.find(key(Verb.GET, "p" + i, 1)).isPresent())
                .count();
        assertThat(kept).isBetween(1L, 30L);
    }
}
