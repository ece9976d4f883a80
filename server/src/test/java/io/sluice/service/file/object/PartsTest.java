package io.sluice.service.file.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static List<Integer> sizes(int bytes, OptionalLong length) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        try (Parts parts = new Parts(new ByteArrayInputStream(new byte[bytes]), length)) {
            do {
                parts.next();
                sizes.add(parts.current().length);
            } while (!parts.ended());
        }
        return sizes;
    }

    @Test
    void contentOfKnownLengthEndsWithIt() throws IOException {
        assertThat(sizes(0, OptionalLong.of(0))).containsExactly(0);
        assertThat(sizes(5, OptionalLong.of(5))).containsExactly(5);
        assertThat(sizes(Parts.BYTES, OptionalLong.of(Parts.BYTES))).containsExactly(Parts.BYTES);
        assertThat(sizes(Parts.BYTES + 1, OptionalLong.of(Parts.BYTES + 1))).containsExactly(Parts.BYTES, 1);
    }

    @Test
    void contentOfUnknownLengthEndsWithAShortPart() throws IOException {
        assertThat(sizes(5, OptionalLong.empty())).containsExactly(5);
        assertThat(sizes(Parts.BYTES, OptionalLong.empty())).containsExactly(Parts.BYTES, 0);
    }

    @Test
    void contentThatEndsBeforeItsLengthIsAnError() {
        assertThatThrownBy(() -> sizes(5, OptionalLong.of(6)))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("5 of 6 bytes");
    }

    private static Parts of(int megabytes, PartRoom room) {
        return new Parts(InputStream.nullInputStream(), OptionalLong.of((long) megabytes << 20), room);
    }

    @Test
    void manyUploadsHaveOneRoomAndWhoFindsNoneIsTold() {
        PartRoom room = new PartRoom(8, Duration.ZERO);
        try (Parts five = of(5, room);
                Parts three = of(3, room)) {
            assertThatThrownBy(() -> of(1, room)).isInstanceOfSatisfying(ApiException.class, refused -> {
                assertThat(refused.error().status()).isEqualTo(503);
                assertThat(refused.headers()).containsKey("Retry-After");
            });
        }
        of(8, room).close();
    }

    @Test
    void aPartThatIsLargerThanTheRoomTakesAllOfIt() {
        PartRoom room = new PartRoom(4, Duration.ZERO);
        try (Parts unknown = new Parts(InputStream.nullInputStream(), OptionalLong.empty(), room)) {
            assertThatThrownBy(() -> of(1, room)).isInstanceOf(ApiException.class);
        }
        of(1, room).close();
    }

    @Test
    void whoWaitsGoesOnWhenAnotherHasEnded() throws Exception {
        PartRoom room = new PartRoom(1, Duration.ofMinutes(5));
        Parts first = of(1, room);
        CompletableFuture<Parts> second = CompletableFuture.supplyAsync(() -> of(1, room));
        first.close();
        second.get(60, TimeUnit.SECONDS).close();
    }
}
