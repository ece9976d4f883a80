package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.linked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sources send in place of a script, and what does not compile: refused, and the last good version goes on. */
class F16_F24_BadTextsTest extends FreshRoom {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                    | REFUSED | the text is empty",
                "'   \t  '                                             | REFUSED | the text is empty",
                "'<!DOCTYPE html><html><body>Log in</body></html>'     | REFUSED | HTML page",
                "'<HTML><body>Log in</body></HTML>'                    | REFUSED | HTML page",
                "'{\"message\": \"Bad credentials\", \"status\": 401}' | REFUSED | JSON document",
                "'version https://git-lfs.github.com/spec/v1'          | REFUSED | Git LFS pointer",
                "'return ok !!!'                                       | REFUSED | 'line 1, column 11: unexpected !!!'"
            })
    void a_bad_text_is_refused_and_the_last_good_version_goes_on(String text, ScriptState state, String why) {
        room.source.has("a.js", "return good");
        room.create(linked(A, "a.js"));
        room.run(A);
        long promotion = room.scripts.release().promotion();
        room.source.has("a.js", text);
        room.scripts.clear(A, "webhook");
        assertThat(room.says(A)).isEqualTo("good");
        assertThat(room.status(A).state()).isEqualTo(state);
        assertThat(room.status(A).lastError()).contains(why);
        assertThat(room.scripts.release().promotion()).isEqualTo(promotion);
        assertThat(room.scripts.versions(A)).hasSize(1);
        assertThat(room.seen(Observation.ScriptRefused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.why()).contains(why);
            assertThat(refused.next()).isEqualTo("version 1 keeps running");
        });
        room.restart();
        assertThat(room.status(A).state()).isEqualTo(state);
        assertThat(room.says(A)).isEqualTo("good");
    }
}
