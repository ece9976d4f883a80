package io.sluice.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.Store;
import io.sluice.testing.SettableClock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyValueRecordsTest {
    private static final long MOST = 64 << 20;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T10:00:00Z"));
    private Store store;
    private KeyValueRecords values;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("sluice.db"));
        values = new KeyValueRecords(store, clock, MOST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int rows() {
        return store.read(tx -> tx.one("select count(*) from key_value", row -> row.getInt(1)))
                .orElseThrow();
    }

    @Test
    void keepsDataUntilItsTimeIsOver() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "grüße");
        value.put("number", new BigDecimal("12345678901234567890.125"));
        value.put("list", new ArrayList<>(List.of(1, true)));
        value.put("nothing", null);
        values.set("k", value, 60);
        assertThat(values.get("k")).contains(value);
        clock.advance(Duration.ofSeconds(59));
        assertThat(values.get("k")).contains(value);
        clock.advance(Duration.ofSeconds(1));
        assertThat(values.get("k")).isEmpty();
        assertThat(values.delete("k")).isFalse();
    }

    @Test
    void aSecondWriteWinsAndLivesAnew() {
        values.set("k", "first", 60);
        clock.advance(Duration.ofSeconds(30));
        values.set("k", "second", 60);
        clock.advance(Duration.ofSeconds(40));
        assertThat(values.get("k")).contains("second");
        assertThat(values.get("K")).isEmpty();
        assertThat(values.delete("k")).isTrue();
        assertThat(values.get("k")).isEmpty();
    }

    @Test
    void anotherNodeOnTheSameDatabaseSeesIt() {
        values.set("k", 7, 60);
        try (Store other = Store.open(folder.resolve("sluice.db"))) {
            assertThat(new KeyValueRecords(other, clock, MOST).get("k")).contains(7);
        }
    }

    @Test
    void nullKeepsNothing() {
        values.set("k", 7, 60);
        values.set("k", null, 60);
        assertThat(values.get("k")).isEmpty();
    }

    @Test
    void whatIsTooLargeTooLongOrNamelessIsRefusedInWords() {
        assertThatThrownBy(() -> values.set("k", "x".repeat(KeyValueRecords.MOST_BYTES), 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256 KB");
        values.set("k", "x".repeat(KeyValueRecords.MOST_BYTES - 2), 60);
        for (String key : List.of("", "k".repeat(256))) {
            assertThatThrownBy(() -> values.set(key, 1, 60)).hasMessageContaining("1 to 255 characters");
        }
        for (long seconds : List.of(0L, -1L, KeyValueRecords.LONGEST_SECONDS + 1, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> values.set("k", 1, seconds)).hasMessageContaining("seconds");
        }
    }

    @Test
    void itHoldsSoManyKeysAndNoMoreAndForgetsThoseThatAreOver() {
        store.write(tx -> {
            for (int i = 0; i < KeyValueRecords.MOST_ENTRIES; i++) {
                tx.update(
                        "insert into key_value (entry_key, entry_value, expires_at) values (?, '1', ?)",
                        "k" + i,
                        clock.millis() + 60_000);
            }
            return true;
        });
        values.set("k7", "again", 60);
        assertThatThrownBy(() -> values.set("one more", 1, 60)).hasMessageContaining("full");
        clock.advance(Duration.ofSeconds(61));
        values.set("one more", 1, 60);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void holdsSoManyBytesInAllAndNoMore() {
        KeyValueRecords small = new KeyValueRecords(store, clock, 1000);
        small.set("a", "ü".repeat(200), 60);
        small.set("b", "x".repeat(400), 120);
        assertThatThrownBy(() -> small.set("c", "x".repeat(200), 60))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "platform.store is full: it holds 806 of 1000 bytes, for all scripts together, and 203 more do not"
                                + " fit. Delete some keys, keep them for a shorter time, or raise scripts.store_mb.");
        assertThat(small.get("c")).isEmpty();
        small.set("b", "x".repeat(500), 120);
        small.set("d", "short", 60);
        clock.advance(Duration.ofSeconds(60));
        small.set("c", "x".repeat(400), 60);
        assertThat(small.get("b")).contains("x".repeat(500));
    }
}
