package io.sluice.service.file.connected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.service.file.StoreFailure;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Which connections are kept, replaced and closed. */
class ConnectionsTest {
    private static final Server SERVER = new Server("127.0.0.1", 1, Duration.ofMillis(50));
    private final List<Fake> made = new CopyOnWriteArrayList<>();

    private Connections connections(Duration idle) {
        return new Connections(
                SERVER,
                address -> {
                    Fake one = new Fake();
                    made.add(one);
                    return one;
                },
                idle);
    }

    @Test
    void oneThatIsGivenBackIsUsedAgain() throws IOException {
        try (Connections connections = connections(Duration.ofHours(1))) {
            connections.take().close();
            connections.take().close();
            assertThat(made).hasSize(1);
        }
        assertThat(made.getFirst().closed).isTrue();
    }

    @Test
    void oneThatBrokeInUseIsNotKept() throws IOException {
        try (Connections connections = connections(Duration.ofHours(1))) {
            Lease lease = connections.take();
            made.getFirst().usable = false;
            lease.close();
            lease.close();
            assertThat(made.getFirst().closed).isTrue();
            connections.take().close();
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void whenOneDiedUnnoticedTheOthersAreNotTrustedEither() throws IOException {
        try (Connections connections = connections(Duration.ofHours(1))) {
            Lease first = connections.take();
            connections.take().close();
            first.close();
            made.forEach(one -> one.answers = false);
            connections.take().close();
            assertThat(made).hasSize(3);
            assertThat(made).extracting(one -> one.closed).containsExactly(true, true, false);
        }
    }

    @Test
    void thereAreNeverMoreThanTheBound() throws IOException {
        try (Connections connections = connections(Duration.ofHours(1))) {
            List<Lease> all = new ArrayList<>();
            for (int i = 0; i < Connections.MOST; i++) {
                all.add(connections.take());
            }
            assertThatThrownBy(connections::take)
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("in use");
            all.getFirst().close();
            connections.take().close();
            all.forEach(Lease::close);
            assertThat(made).hasSize(Connections.MOST);
        }
    }

    @Test
    void oneThatNobodyUsesIsClosed() throws IOException {
        try (Connections connections = connections(Duration.ofMillis(20))) {
            connections.take().close();
            Eventually.is("it is closed", () -> made.getFirst().closed);
            connections.take().close();
            Eventually.is("the next is closed too", () -> made.getLast().closed);
            assertThat(made).hasSize(2);
        }
    }

    @Test
    void oneThatIsInUseWhenTheServiceEndsIsClosedBehindIt() throws IOException {
        Connections connections = connections(Duration.ofHours(1));
        Lease lease = connections.take();
        connections.close();
        assertThat(made.getFirst().closed).isFalse();
        lease.close();
        assertThat(made.getFirst().closed).isTrue();
    }

    /** A connection that does nothing but live and die. */
    private static final class Fake implements Connection {
        volatile boolean answers = true;
        volatile boolean usable = true;
        volatile boolean closed;

        @Override
        public String home() {
            return "/";
        }

        @Override
        public boolean answers() {
            return answers;
        }

        @Override
        public boolean usable() {
            return usable;
        }

        @Override
        public Optional<Node> find(String path, boolean folder) {
            return Optional.empty();
        }

        @Override
        public List<Node> list(String folder) {
            return List.of();
        }

        @Override
        public InputStream read(String file, long from, long length) {
            return InputStream.nullInputStream();
        }

        @Override
        public void write(String file, InputStream content) {}

        @Override
        public void rename(String from, String to) {}

        @Override
        public void delete(String file) {}

        @Override
        public void makeFolder(String folder) {}

        @Override
        public void deleteFolder(String folder) {}

        @Override
        public boolean removedAtOnce(String folder) {
            return false;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
