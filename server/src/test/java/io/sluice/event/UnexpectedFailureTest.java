package io.sluice.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.observe.Observation;
import io.sluice.script.Room;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptId;
import io.sluice.service.Catalogue;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that fails in a way that nobody expected. */
class UnexpectedFailureTest {
    @TempDir
    Path folder;

    private Room room;
    private Events events;

    @BeforeEach
    void open() {
        room = new Room(folder);
        events = new Events(
                room.scripts,
                order -> {
                    throw new AssertionError("nothing is queued here");
                },
                room);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private ServiceResult call() {
        ServiceRequest request = new ServiceRequest(
                Verb.GET,
                "2",
                "odd",
                ResourcePath.ROOT,
                Parameters.NONE,
                Headers.NONE,
                Body.NONE,
                "/api/v2/odd",
                Caller.ANONYMOUS,
                Rights.ALL);
        return events.around(events.open(scope -> null), request, new Odd());
    }

    private void listen(String stage) {
        room.create(new ScriptDefinition(
                ScriptId.event("odd.get" + stage),
                "nodejs",
                "print here",
                Optional.empty(),
                true,
                true,
                Map.of(),
                ScriptDefinition.OnFetchError.LAST_GOOD,
                OptionalLong.empty(),
                5000,
                128,
                "auto",
                false,
                List.of(),
 ScriptDefinition.ReleaseRule.WHOLE));
    }

    @Test
    void post_and_final_scripts_see_it_as_a_500_and_its_cause_stays_inside() {
        listen(".post_process");
        listen("");
        assertThat(call().status()).isEqualTo(500);
        assertThat(room.engine.invocations()).hasSize(2).allSatisfy(run -> {
            Map<?, ?> response = (Map<?, ?>) run.event().get("response");
            assertThat(response.get("status_code")).isEqualTo(500);
            assertThat(response.toString()).doesNotContain("secret detail");
        });
        assertThat(room.seen)
                .filteredOn(Observation.ServiceFailed.class::isInstance)
                .singleElement()
                .satisfies(failed ->
                        assertThat(((Observation.ServiceFailed) failed).cause()).hasMessage("secret detail"));
    }

    @Test
    void without_a_listener_it_goes_to_whoever_logs_failed_calls() {
        listen(".pre_process");
        assertThatThrownBy(this::call).isInstanceOf(IllegalStateException.class);
    }

    private static final class Odd implements Service {
        @Override
        public ServiceResult handle(ServiceRequest request) {
            throw new IllegalStateException("secret detail");
        }

        @Override
        public Catalogue catalogue() {
            return Catalogue.EMPTY;
        }

        @Override
        public List<EventPath> events(ServiceRequest request) {
            return List.of(new EventPath("odd", ""));
        }
    }
}
