package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a version is, how many are kept, and what they outlive. */
class VersionsTest extends FreshRoom {
    @Test
    void a_version_has_text_hash_revision_origin_time_author_and_message() {
        room.source.has("x/a.js", "return one", "9f2c1e7000000000000000000000000000000000");
        room.create(linked(A, "x/a.js"));
        room.run(A);
        Version version = room.scripts.versions(A).getFirst();
        assertThat(version.source().text()).isEqualTo("return one");
        assertThat(version.source().name()).isEqualTo("a.js");
        assertThat(version.hash()).matches("[0-9a-f]{64}");
        assertThat(version.shortRevision()).isEqualTo("9f2c1e7");
        assertThat(version.from()).isEqualTo("git repo/sales@main:x/a.js");
        assertThat(version.loadedAt()).isEqualTo(room.time.instant());
        assertThat(version.author()).contains("Ada");
        assertThat(version.message()).contains("why not");
        room.restart();
        assertThat(room.scripts.release().version(A)).contains(version);
    }

    @Test
    void the_last_20_versions_are_kept_newest_first() {
        room.create(stored(A, "return 1"));
        IntStream.rangeClosed(2, 25).forEach(i -> room.update(stored(A, "return " + i)));
        assertThat(room.scripts.versions(A))
                .extracting(Version::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(6, 25).map(i -> 31 - i).boxed().toList());
        assertThat(room.scripts.version(A, 6).orElseThrow().source().text()).isEqualTo("return 6");
        assertThat(room.scripts.version(A, 5)).isEmpty();
    }

    @Test
    void saving_without_a_new_text_makes_no_version() {
        room.create(stored(A, "return 1"));
        room.update(stored(A, "return 1"));
        assertThat(room.scripts.versions(A)).hasSize(1);
        assertThat(room.status(A).state()).isEqualTo(ScriptState.LIVE);
    }

    @Test
    void deleting_a_record_deletes_its_versions() {
        room.create(stored(A, "return 1"));
        room.update(stored(A, "return 2"));
        room.delete(A);
        assertThat(room.scripts.versions(A)).isEmpty();
        assertThat(room.says(A)).startsWith("skipped");
        room.create(stored(A, "return 3"));
        assertThat(room.scripts.versions(A)).extracting(Version::number).containsExactly(1);
        assertThat(room.says(A)).isEqualTo("3");
    }

    @Test
    void a_restart_with_every_host_down_runs_the_last_good_versions_and_asks_nobody() {
        room.source.has("a.js", "return one");
        room.create(linked(A, "a.js"));
        room.create(stored(B, "return stored"));
        room.run(A);
        long promotion = room.scripts.release().promotion();
        room.source.die();
        room.restart();
        assertThat(room.scripts.release().promotion()).isEqualTo(promotion);
        assertThat(room.says(A)).isEqualTo("one");
        assertThat(room.says(B)).isEqualTo("stored");
        assertThat(room.source.reads()).isEqualTo(1);
    }

    @Test
    void a_renamed_script_keeps_its_versions() {
        room.create(stored(A, "return 1"));
        room.update(stored(A, "return 2"));
        room.store.write(tx -> {
            room.scripts.rename(tx, A, B);
            return B;
        });
        assertThat(room.says(A)).startsWith("skipped");
        assertThat(room.says(B)).isEqualTo("2");
        assertThat(room.scripts.versions(B)).hasSize(2);
    }
}
