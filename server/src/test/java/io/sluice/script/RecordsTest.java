package io.sluice.script;

import static io.sluice.script.Room.A;
import static io.sluice.script.Room.B;
import static io.sluice.script.Room.definition;
import static io.sluice.script.Room.linked;
import static io.sluice.script.Room.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.engine.Language;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Records of scripts: what may be saved, and what others see of it. */
class RecordsTest extends FreshRoom {
    @Test
    void every_field_comes_back_as_saved_also_after_a_restart() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("queue", "slow");
        config.put("nothing", null);
        ScriptDefinition script = new ScriptDefinition(
                ScriptId.service("x"),
                "v8js",
                "return 1",
                Optional.of(new Link(Room.REPO, "sales", "v1", "/a.js")),
                false,
                true,
                config,
                OnFetchError.SKIP,
                OptionalLong.of(60),
                1234,
                64,
                "strict",
                true,
                List.of("example.com"),
 ScriptDefinition.ReleaseRule.WHOLE);
        SavedScript saved = room.create(script);
        assertThat(saved.definition()).isEqualTo(script);
        assertThat(saved.createdBy()).hasValue(1);
        assertThat(saved.created()).isEqualTo(room.time.instant());
        room.restart();
        assertThat(room.scripts.definition(script.id())).contains(saved);
        assertThat(room.scripts.definitions()).containsExactly(saved);
    }

    @Test
    void records_are_seen_by_their_transaction_at_once_and_by_others_after_the_commit() {
        room.store.write(tx -> {
            room.scripts.create(tx, stored(A, "return 1"), OptionalLong.empty());
            assertThat(room.scripts.definition(tx, A)).isPresent();
            assertThat(room.scripts.definitions(tx)).hasSize(1);
            assertThat(room.scripts.definition(A)).isEmpty();
            return A;
        });
        assertThat(room.scripts.definition(A)).isPresent();
    }

    @Test
    void an_unknown_language_is_refused() {
        ScriptDefinition ruby = retyped(stored(A, "puts 1"), "ruby");
        assertThat(refused(ruby).status()).isEqualTo(400);
        assertThat(refused(ruby).message()).contains("ruby").contains("nodejs");
        assertThat(room.scripts.definition(A)).isEmpty();
    }

    @Test
    void a_language_without_an_engine_can_be_saved_and_answers_501() {
        room.create(retyped(stored(A, "return 1;"), "php"));
        room.create(retyped(stored(B, "return 1"), "python"));
        assertThat(room.says(A)).startsWith("501").contains("php");
        assertThat(room.says(B)).startsWith("501");
        assertThat(room.status(A).state()).isEqualTo(ScriptState.REFUSED);
        assertThat(room.scripts.languages())
                .extracting(Language::name)
                .containsExactly("nodejs", "typescript", "php", "python3");
        assertThat(room.scripts.runs("v8js")).isTrue();
        assertThat(room.scripts.runs("php")).isFalse();
    }

    @Test
    void a_link_to_an_unknown_service_or_to_one_without_texts_is_refused() {
        Link unknown = new Link(99, "", "", "a.js");
        Link plain = new Link(Room.PLAIN, "", "", "a.js");
        assertThat(refused(definition(A, "", unknown, OnFetchError.LAST_GOOD)).status())
                .isEqualTo(400);
        assertThat(refused(definition(A, "", unknown, OnFetchError.LAST_GOOD)).message())
                .contains("99");
        assertThat(refused(definition(A, "", plain, OnFetchError.LAST_GOOD)).message())
                .contains("plain");
    }

    @Test
    void a_service_without_a_path_is_no_link() {
        room.create(definition(A, "return stored", new Link(99, "", "", "/"), OnFetchError.LAST_GOOD));
        assertThat(room.says(A)).isEqualTo("stored");
        assertThat(room.scripts.linkedTo(99)).isEmpty();
        assertThat(room.scripts.definition(A).orElseThrow().definition().link()).isPresent();
    }

    @Test
    void queued_runs_wait_for_whole_seconds() {
        assertThat(QueueOptions.of(Map.of("QUEUED_DELAY", "30", "connection", "redis")))
                .isEqualTo(new QueueOptions(Duration.ofSeconds(30), "default"));
        assertThat(QueueOptions.of(Map.of("delay", 5, "QUEUED_DELAY", 30, "queue", "mail")))
                .isEqualTo(new QueueOptions(Duration.ofSeconds(5), "mail"));
        ApiException refused = catchThrowableOfType(ApiException.class, () -> QueueOptions.of(Map.of("delay", "soon")));
        assertThat(refused.error().status()).isEqualTo(400);
        assertThat(refused.error().message()).contains("config.delay", "soon");
    }

    @Test
    void names_have_up_to_255_characters() {
        room.create(stored(ScriptId.event("x".repeat(255)), "return 1"));
        assertThat(room.says(ScriptId.event("x".repeat(255)))).isEqualTo("1");
        assertThat(refused(stored(ScriptId.event("x".repeat(256)), "return 1")).status())
                .isEqualTo(400);
        assertThat(refused(stored(ScriptId.event(" "), "return 1")).status()).isEqualTo(400);
    }

    @Test
    void limits_must_be_possible() {
        assertThat(refused(limited(0, 128)).message()).contains("timeout_ms");
        assertThat(refused(limited(5000, 0)).message()).contains("memory_mb");
    }

    @Test
    void a_taken_name_and_an_unknown_record_are_refused() {
        room.create(stored(A, "return 1"));
        assertThat(refused(stored(A, "return 2")).status()).isEqualTo(400);
        ApiException missing = catchThrowableOfType(ApiException.class, () -> room.update(stored(B, "return 1")));
        assertThat(missing.error().status()).isEqualTo(404);
        missing = catchThrowableOfType(ApiException.class, () -> room.delete(B));
        assertThat(missing.error().message()).isEqualTo("Record with identifier '" + B.name() + "' not found.");
    }

    @Test
    void a_service_is_listened_to_while_an_active_event_script_is_named_after_it() {
        assertThat(room.scripts.listensTo("db")).isFalse();
        room.create(stored(ScriptId.event("DB._table.a.get"), "return 1"));
        room.create(stored(ScriptId.service("php-test"), "return 1"));
        assertThat(room.scripts.listensTo("db")).isTrue();
        assertThat(room.scripts.listensTo("php-test")).isFalse();
        assertThat(room.scripts.listensTo("d")).isFalse();
        assertThat(room.scripts.isActive(ScriptId.event("DB._table.a.get"))).isTrue();
        assertThat(room.scripts.isActive(A)).isFalse();
        room.delete(ScriptId.event("DB._table.a.get"));
        assertThat(room.scripts.listensTo("db")).isFalse();
    }

    @Test
    void an_inactive_script_is_not_listened_to() {
        ScriptDefinition on = stored(A, "return 1");
        room.create(new ScriptDefinition(
                A,
                "nodejs",
                "return 1",
                Optional.empty(),
                false,
                true,
                Map.of(),
                OnFetchError.LAST_GOOD,
                OptionalLong.empty(),
                5000,
                128,
                "auto",
                false,
                List.of(),
 ScriptDefinition.ReleaseRule.WHOLE));
        assertThat(room.scripts.listensTo("db")).isFalse();
        assertThat(room.scripts.isActive(A)).isFalse();
        room.update(on);
        assertThat(room.scripts.listensTo("db")).isTrue();
    }

    @Test
    void a_linked_script_that_was_never_read_is_stale() {
        room.create(linked(A, "a.js"));
        assertThat(room.status(A).state()).isEqualTo(ScriptState.STALE);
        assertThat(room.status(A).version()).isEmpty();
        assertThat(room.scripts.statuses()).hasSize(1);
    }

    private ApiError refused(ScriptDefinition script) {
        return catchThrowableOfType(ApiException.class, () -> room.create(script))
                .error();
    }

    private static ScriptDefinition retyped(ScriptDefinition script, String type) {
        return new ScriptDefinition(
                script.id(),
                type,
                script.content(),
                script.link(),
                true,
                true,
                script.config(),
                script.onFetchError(),
                script.pollSeconds(),
                5000,
                128,
                "auto",
                false,
                script.outbound(),
 script.release());
    }

    private static ScriptDefinition limited(long timeout, long memory) {
        return new ScriptDefinition(
                A,
                "nodejs",
                "",
                Optional.empty(),
                true,
                true,
                Map.of(),
                OnFetchError.LAST_GOOD,
                OptionalLong.empty(),
                timeout,
                memory,
                "auto",
                false,
                List.of(),
 ScriptDefinition.ReleaseRule.WHOLE);
    }
}
