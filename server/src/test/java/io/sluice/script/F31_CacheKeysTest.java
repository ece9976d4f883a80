package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.linkedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Draws;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two scripts are never taken for each other, whatever their places look like. */
class F31_CacheKeysTest extends FreshRoom {
    @Test
    void a_version_is_known_by_its_content_not_by_its_place() {
        room.source.has("a.js", "return one");
        room.source.has("A.js", "return two");
        room.create(linked(A, "a.js"));
        room.create(linked(B, "A.js"));
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.says(B)).isEqualTo("two");
        assertThat(room.status(A).version().orElseThrow().hash())
                .isNotEqualTo(room.status(B).version().orElseThrow().hash());
    }

    @Test
    void any_two_texts_at_any_two_places_stay_apart() {
        Draws.times(15, draw -> {
            Map<ScriptId, String> said = new HashMap<>();
            for (int i = 0; i < 6; i++) {
                ScriptId id = ScriptId.event("e" + room.scripts.definitions().size());
                String repository = draw.of("sales", "Sales", "s\u00e4les", "sa\u0308les", "sales/x");
                String path = draw.of("a.js", "A.js", "x/a.js", "\u00e4.js", "a\u0308.js");
                String text = draw.of("return 1", "return  1", "return 1\n", "return 2");
                room.source.commits(Map.of(path, text));
                room.create(linkedTo(repository, "main", id, path));
                said.put(id, room.says(id));
                assertThat(room.status(id).version().orElseThrow().source().text())
                        .isEqualTo(text);
            }
            said.forEach((id, words) -> assertThat(room.says(id)).isEqualTo(words));
        });
    }
}
