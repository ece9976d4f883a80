package io.sluice.service.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.observe.Observation;
import io.sluice.service.Catalogue;
import io.sluice.service.EventPath;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.Services;
import io.sluice.testing.Observed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventListFailureTest {
    private static final class Broken implements Service {
        @Override
        public ServiceResult handle(ServiceRequest request) {
            throw new AssertionError("not called");
        }

        @Override
        public Catalogue catalogue() {
            throw new IllegalStateException("its backend speaks nonsense");
        }

        @Override
        public List<EventPath> events(ServiceRequest request) {
            return List.of();
        }
    }

    @Test
    void aServiceThatCannotTellIsLeftOutAndSaid() {
        Observed observed = new Observed();
        try (Services services = new Services(Duration.ZERO)) {
            EventList list = new EventList(services, observed);
            var one =
                    new Services.Running(new ServiceDefinition(1, "odd", "", "", "odd", true, Map.of()), new Broken());
            assertThat(list.paths(one, true)).isEmpty();
            assertThat(list.names(one, true)).isEmpty();
        }
        assertThat(observed.of(Observation.Note.class))
                .hasSize(2)
                .allSatisfy(note -> assertThat(note.text()).contains("'odd'").contains("speaks nonsense"));
    }
}
