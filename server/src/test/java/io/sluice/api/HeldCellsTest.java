package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldCellsTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void moreThanAScriptIsHandedIsRefused() {
        HeldCells cells = new HeldCells(RowShape.of(List.of("a")), 2 * MEGABYTE);
        String half = "x".repeat(MEGABYTE / 2);
        for (int i = 0; i < 3; i++) {
            cells.text(0, half);
        }
        ApiException refused = catchThrowableOfType(ApiException.class, () -> cells.text(0, half));
        assertThat(refused.error().status()).isEqualTo(400);
        assertThat(refused).hasMessageContaining("more than 2 MB").hasMessageContaining("limit or fields");
        assertThat(cells.value(2, 0)).isEqualTo(half);
    }
}
