package io.sluice.service.file.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static List<Integer> sizes(int bytes, OptionalLong length) throws IOException {
        Parts parts = new Parts(new ByteArrayInputStream(new byte[bytes]), length);
        List<Integer> sizes = new ArrayList<>();
        do {
            parts.next();
            sizes.add(parts.current().length);
        } while (!parts.ended());
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
}
