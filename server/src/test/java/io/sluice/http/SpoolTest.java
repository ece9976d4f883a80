package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Spool spool(long patienceNanos) {
        return new Spool(() -> sent, System.nanoTime() + patienceNanos);
    }

    @Test
    void aQuickBodyIsHeldWhateverIsFlushed() throws IOException {
        Spool spool = spool(TimeUnit.HOURS.toNanos(1));
        spool.write(bytes("abc"));
        spool.flush();
        assertThat(spool.spilled()).isFalse();
        assertThat(spool.held().remaining()).isEqualTo(3);
        assertThat(sent.size()).isZero();
    }

    @Test
    void aSlowBodyGoesOutAsItComes() throws IOException {
        Spool spool = spool(-1);
        spool.write(bytes("abc"));
        assertThat(spool.spilled()).isFalse();
        spool.flush();
        assertThat(spool.spilled()).isTrue();
        assertThat(sent).hasToString("abc");
        spool.write(bytes("def"));
        spool.flush();
        assertThat(sent).hasToString("abcdef");
        spool.write(bytes("g"));
        spool.close();
        assertThat(sent).hasToString("abcdefg");
    }

    @Test
    void aLongBodyGoesOutInPieces() throws IOException {
        Spool spool = spool(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < 1_000; i++) {
            spool.write(bytes("0123456789".repeat(20)));
        }
        assertThat(spool.spilled()).isTrue();
        spool.close();
        assertThat(sent.size()).isEqualTo(200_000);
    }
}
